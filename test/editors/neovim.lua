-- Neovim attaches to the language server, from 0.8 on by the lines of docs/editor.md, shows what is wrong, renames, and formats as a
-- whole, in part and while typing. Run from the root of the repository:
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

local client
if vim.lsp.start then
  -- A folder that has cnnc among its packages.
  vim.fn.mkdir(folder .. "/node_modules/.bin", "p")
  vim.fn.writefile({ "{}" }, folder .. "/package.json")
  vim.loop.fs_symlink(vim.fn.getcwd() .. "/bin/cnnc.js", folder .. "/node_modules/.bin/cnnc")
  local documentation = table.concat(vim.fn.readfile("docs/editor.md"), "\n")
  loadstring(documentation:match("```lua\n(.-)\n```"))()
  vim.cmd("edit " .. path)
  check("the filetype is that of the file's name", vim.bo.filetype == "cnn", vim.bo.filetype)
  vim.wait(10000, function()
    return #vim.lsp.get_active_clients() > 0
  end)
  client = vim.lsp.get_active_clients()[1].id
else
  vim.cmd("edit " .. path)
  client = vim.lsp.start_client({ name = "cnnc", cmd = { "node", "bin/cnnc.js", "lsp", "--stdio" }, root_dir = folder })
  vim.lsp.buf_attach_client(0, client)
end

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
  if vim.lsp.buf.format then
    vim.lsp.buf.format({ timeout_ms = 10000 })
  else
    vim.lsp.buf.formatting_sync(nil, 10000)
  end
  check("the text is laid out", lines()[2] == "  CONV3-c - RELU", lines())
end

local function edit(method, more)
  local params = vim.tbl_extend("force", vim.lsp.util.make_formatting_params({}), more)
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000) or {}
  for _, answer in pairs(answers) do
    vim.lsp.util.apply_text_edits(answer.result or {}, vim.api.nvim_get_current_buf(), "utf-16")
  end
end

vim.api.nvim_buf_set_lines(0, 0, -1, false, { "block A {", "CONV3-4 -RELU", "}", "net N {", "INPUT 8x8x3 -", "A", "  }" })
edit("textDocument/rangeFormatting", {
  range = { start = { line = 1, character = 2 }, ["end"] = { line = 1, character = 2 } },
})
check("a line is laid out, no other one", lines()[2] == "  CONV3-4 - RELU" and lines()[5] == "INPUT 8x8x3 -", lines())
edit("textDocument/onTypeFormatting", { position = { line = 6, character = 3 }, ch = "}" })
check("a brace lays out what it closes", lines()[5] == "  INPUT 8x8x3 -" and lines()[6] == "    A" and lines()[7] == "}", lines())
vim.api.nvim_buf_set_lines(0, 5, 5, false, { "" })
edit("textDocument/onTypeFormatting", { position = { line = 5, character = 0 }, ch = "\n" })
check("a new line behind a dash is indented", lines()[6] == "    ", lines())

vim.lsp.stop_client(client)
vim.fn.delete(folder, "rf")
print(passed .. " passed, " .. failed .. " failed\n")
vim.cmd(failed == 0 and "qall!" or "cquit")
