// VS Code runs tests on behalf of an extension under development; this one does nothing. The extension under test is installed.
exports.activate = () => {};
