import { launch, fileUrl } from "./site.mjs";
const b = await launch();
const list = process.argv.slice(2);
for (const spec of list) {
  const [path, w = "1280", scheme = "light", full="1"] = spec.split("@");
  const c = await b.newContext({ viewport: { width: +w, height: 900 }, colorScheme: scheme });
  const p = await c.newPage();
  await p.goto(fileUrl(path));
  await p.screenshot({ path: `/tmp/look/${path.replaceAll("/", "_").replace("_index.html","")}-${w}-${scheme}.png`, fullPage: full==="1" });
  await c.close();
}
await b.close();
