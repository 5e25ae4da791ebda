-- Neovim attaches to the language server, shows what is wrong, renames and formats. Run from the root of the repository:
--   nvim --headless --clean -l test/editors/neovim.lua, or -c "luafile ..." before 0.9
local failed = 0
local passed = 0

local function check(what, holds, found)
  if holds then
    passed = passed + 1
    print("ok   " .. what .. "\n")
  else
    failed = failed + 1
    print("FAIL " .. what .. ": " .. vim.inspect(found) .. "\n")
  end
end

local folder = vim.fn.tempname()
vim.fn.mkdir(folder, "p")
local path = folder .. "/net.cnn"
vim.fn.writefile({
  "block Twice(c) {",
  "CONV3-c - RELU",
  "CONV3-c - RELU",
  "}",
  "net N {",
  "  INPUT 8x8x3",
  "  Twice(4) - POOL9",
  "}",
}, path)

vim.cmd("edit " .. path)
local client = vim.lsp.start_client({
  name = "cnnc",
  cmd = { "node", "bin/cnnc.js", "lsp", "--stdio" },
  root_dir = folder,
})
vim.lsp.buf_attach_client(0, client)

local function diagnostics()
  return vim.diagnostic.get(0)
end
vim.wait(10000, function()
  return #diagnostics() > 0
end)
local found = diagnostics()
check("the mistake is shown", #found == 1 and found[1].code == "CNN2102" and found[1].lnum == 6, found)

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end
vim.api.nvim_buf_set_text(0, 6, 17, 6, 18, { "2" })
vim.wait(10000, function()
  return #diagnostics() == 0
end)
check("and gone when it is mended", #diagnostics() == 0, diagnostics())

vim.api.nvim_win_set_cursor(0, { 1, 6 })
vim.lsp.buf.rename("Double")
vim.wait(10000, function()
  return lines()[7]:find("Double") ~= nil
end)
check("a block is renamed where it is declared and used", lines()[1] == "block Double(c) {" and lines()[7] == "  Double(4) - POOL2", lines())

if vim.lsp.get_client_by_id(client).server_capabilities.documentFormattingProvider then
  vim.lsp.buf.formatting_sync(nil, 10000)
  check("the text is laid out", lines()[2] == "  CONV3-c - RELU", lines())
end

vim.lsp.stop_client(client)
vim.fn.delete(folder, "rf")
print(passed .. " passed, " .. failed .. " failed\n")
vim.cmd(failed == 0 and "qall!" or "cquit")
