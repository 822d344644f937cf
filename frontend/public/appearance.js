// Runs before the first paint, so that a dark screen never flashes white. A file and not an inline
// script, because the Content-Security-Policy allows none.
try {
  const kept = JSON.parse(localStorage.getItem("curbstop.appearance") ?? "{}");
  if (kept.theme === "light" || kept.theme === "dark") {
    document.documentElement.dataset.theme = kept.theme;
  }
  if (["dense", "default", "comfortable"].includes(kept.density)) {
    document.documentElement.dataset.density = kept.density;
  }
} catch {
  // A broken or forbidden store means the defaults.
}
