// What the file was built from and what it should read as: a test compares them with what is there.
const crypto = require("crypto"), fs = require("fs"), lock = require("./package-lock.json");
const hash = (path) => crypto.createHash("sha256").update(fs.readFileSync(path, "utf8").replace(/\r\n/g, "\n")).digest("hex");
const versions = {};
for (const [path, facts] of Object.entries(lock.packages).sort()) if (path && !facts.dev) versions[path.replace("node_modules/", "")] = facts.version;
console.log(JSON.stringify({ versions, sha256: { "d3.js": hash("../../resources/page/vendor/d3.js"), "LICENSES.txt": hash("../../resources/page/vendor/LICENSES.txt") }, built_of: { "entry.js": hash("entry.js"), "package-lock.json": hash("package-lock.json") } }, null, 2));
