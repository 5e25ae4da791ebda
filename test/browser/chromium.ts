/** Chromium, as Debian has it: `CHROMIUM` names another one. */
import { chromium, type Browser, type Page } from "playwright-core";

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });

/** A page with what it complains of, and what it asks a network for. */
export async function openPage(
  browser: Browser,
  { width = 1400, scheme = "light" }: { width?: number; scheme?: "light" | "dark" } = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("request", (request) => {
    if (!/^(file|data|about|blob):/.test(request.url())) faults.push(`asks for ${request.url()}`);
  });
  return { page, faults };
}
