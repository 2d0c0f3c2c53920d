// Preloaded into the plugin's program: at its end, tells on stderr which modules it loaded.

const before = new Set(Object.keys(require.cache));

process.on("exit", () => {
  const loaded = Object.keys(require.cache).filter((file) => !before.has(file));
  process.stderr.write(JSON.stringify(loaded));
});
