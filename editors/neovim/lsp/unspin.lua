-- Unspin for Neovim 0.11 and later: put this file into the folder `lsp` of your configuration
-- (~/.config/nvim/lsp/unspin.lua) and say `vim.lsp.enable('unspin')` in your init.lua.

-- Neovim's names for languages, where they are not the ones that language servers use.
local language_ids = { text = 'plaintext', mediawiki = 'wikitext' }

---@type vim.lsp.Config
return {
  cmd = { 'unspin', 'lsp' },
  filetypes = { 'text', 'markdown', 'mediawiki' },
  root_markers = { 'unspin.toml', '.git' },
  -- An article needs no folder around it.
  workspace_required = false,
  get_language_id = function(_, filetype)
    return language_ids[filetype] or filetype
  end,
  -- The same names as in unspin.toml, which wins over them:
  -- settings = { unspin = { sensitivity = 'balanced', rules = { ['loaded-verb'] = 'off' } } },
}
