import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** While the page is worked on, a Looma that runs answers what it asks. */
const proxy = { "/api": { target: process.env.LOOMA_ADDRESS ?? "http://127.0.0.1:8888", changeOrigin: false } };

export default defineConfig({
  plugins: [{ ...optimizeLocales.vite({ locales: ["en-US", "zh-CN"] }), enforce: "pre" }, react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    manifest: true,
    license: { fileName: "licenses.md" },
    // The browsers that we promise: the build lowers what they lack, such as `light-dark()`.
    target: ["chrome111", "edge111", "safari16.4", "firefox114"],
    assetsInlineLimit: 0, // the content policy allows no data: addresses but for pictures
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy },
  preview: { proxy },
});
