// The licences of all that came into the file: each package once, those of the same text together.
const fs = require("fs"), lock = require("./package-lock.json");
const texts = new Map();
for (const [path, facts] of Object.entries(lock.packages).sort()) {
  if (!path || facts.dev) continue;
  const text = fs.readFileSync(`${path}/LICENSE`, "utf8").trim();
  texts.set(text, [...(texts.get(text) || []), `${path.replace("node_modules/", "")} ${facts.version}`]);
}
console.log([...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}`).join(`\n\n${"-".repeat(79)}\n\n`));
