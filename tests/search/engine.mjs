/**
 * The search engine of the browser, without a browser: the script that readers load, run in a context
 * of its own, with the index files of a built site. Knows nothing of what is asked.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

export const here = dirname(fileURLToPath(import.meta.url));

/** The engine on the index of the site in this folder: the index, and the tokeniser. */
export async function open(site) {
  const context = vm.createContext({});
  const run = (path) => vm.runInContext(readFileSync(path, 'utf8'), context, { filename: path });
  run(join(here, '../../themes/casa/static/ricerca.js'));
  const { registered, Index, words } = context.vastaRicerca;
  const index = await Index.open(async (name) => {
    if (!registered.has(name)) run(join(site, 'ricerca', `${name}.js`));
    return registered.get(name);
  });
  return { index, words };
}
