-- Run by nvim.test.mjs inside a real Neovim that has started the server by its own configuration:
--   nvim --headless ARTICLE -c 'luafile nvim.lua'        with the configuration in XDG_CONFIG_HOME
-- Prints one line a check; the exit code says whether all passed.

local failed = 0

local function check(what, ok, seen)
  failed = failed + (ok and 0 or 1)
  io.stdout:write((ok and 'ok ' or 'not ok ') .. what .. (ok and '' or ': ' .. vim.inspect(seen)) .. '\n')
end

local buffer = vim.api.nvim_get_current_buf()

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

local function marks()
  return vim.diagnostic.get(buffer)
end

local function wait_for(question)
  return vim.wait(15000, question, 20)
end

local original = text()

wait_for(function() return #marks() > 0 end)
local mark = marks()[1]
check('a diagnostic', mark ~= nil and mark.source == 'unspin' and mark.code == 'tortured-term', mark)
if not mark then vim.cmd('cquit') end

-- The command that a person runs, with the choice made for them.
vim.ui.select = function(items, _, choose) choose(items[1], 1) end

vim.api.nvim_win_set_cursor(0, { mark.lnum + 1, mark.col })
local params = vim.fn.has('nvim-0.11') == 1 and vim.lsp.util.make_position_params(0, 'utf-16') or vim.lsp.util.make_position_params()
local hover
for _, answer in pairs(vim.lsp.buf_request_sync(buffer, 'textDocument/hover', params, 5000) or {}) do
  hover = answer.result and answer.result.contents.value
end
check('a hover with the evidence', hover and hover:find('artificial intelligence', 1, true) and hover:find('%- '), hover)

local before = #marks()
vim.lsp.buf.code_action()
wait_for(function() return #marks() < before end)
check('a code action changes the text', text() == original:gsub('counterfeit consciousness', 'artificial intelligence', 1), text())
check('and takes the mark away', #marks() == before - 1, marks())

if vim.fn.exists(':UnspinFixAll') == 2 then
  vim.cmd('UnspinFixAll')
  wait_for(function() return #marks() == 0 end)
  check('“fix all” leaves nothing that is safe to mend', #marks() == 0, marks())
  local fixed = text()
  vim.cmd('silent undo')
  check('one undo takes it back', text() ~= fixed and text():find('bosom peril', 1, true), text())
end

io.stdout:write((failed == 0 and 'all passed' or failed .. ' failed') .. '\n')
vim.cmd(failed == 0 and 'qall!' or 'cquit')
