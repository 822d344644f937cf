import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const api = process.env.CURBSTOP_API ?? "http://127.0.0.1:8000";
const src = fileURLToPath(new URL("./src", import.meta.url));
const modern = ["chrome123", "firefox121", "safari17.5"];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": src } },
  server: { proxy: { "/api": api } },
  build: {
    target: modern,
    // Kept modern so that light-dark() reaches the browser untranslated.
    cssTarget: modern,
    // The Content-Security-Policy allows fonts and styles from this host only, never data: addresses.
    assetsInlineLimit: 0,
    manifest: true,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
  },
});
