import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Built into `dist`, which the API process serves at `/`. `npm run dev -w review-ui` proxies to a running API. */
export default defineConfig({
  plugins: [react()],
  // A strict content policy refuses inlined data scripts and fonts; pictures may be data: but are clearer as files.
  build: { target: "es2022", assetsInlineLimit: 0, sourcemap: false, chunkSizeWarningLimit: 1200 },
  // the map library runs in a worker of several modules
  worker: { format: "es" },
  server: { proxy: { "/api": "http://127.0.0.1:8686" } },
});
