// Where Node finds the parser: in the folder it was installed to, not beside the script that asks for it.
// dt-sql-parser is made for bundlers: its modules name each other without `.js`, and its package says no type.

const PARSER = "/node_modules/dt-sql-parser/";
let installed;

export function initialize(folder) {
  installed = folder;
}

export async function resolve(specifier, context, next) {
  const itsOwn = context.parentURL?.includes("/node_modules/");
  const file = specifier.startsWith(".") && !specifier.endsWith(".js") ? `${specifier}.js` : specifier;
  const found = await next(file, itsOwn ? context : { ...context, parentURL: installed });
  return found.url.includes(PARSER) ? { ...found, format: "module" } : found;
}
