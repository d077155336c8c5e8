// node parse.mjs FOLDER: for each line in (a statement, as a JSON text) a line out (a JSON list of its faults, as
// "line:column what is wrong"). FOLDER is where package-lock.json was installed.

import { register } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

register("./resolve.mjs", { parentURL: import.meta.url, data: pathToFileURL(`${process.argv[2]}/`).href });
const { CharStreams, CommonTokenStream, PredictionMode } = await import("antlr4ng");
const { TrinoSqlLexer } = await import("dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js");
const { TrinoSqlParser } = await import("dt-sql-parser/dist/lib/trino/TrinoSqlParser.js");

// The grammar takes these names so that Trino can refuse them in words (io.trino.sql.parser.SqlParser).
const REFUSED = [TrinoSqlLexer.BACKQUOTED_IDENTIFIER, TrinoSqlLexer.DIGIT_IDENTIFIER];

// ANTLR's own advice: what its faster mode takes, the full one takes; only the full one may find fault.
function faults(sql) {
  const found = faultsBy(PredictionMode.SLL, sql);
  return found.length ? faultsBy(PredictionMode.LL, sql) : found;
}

function faultsBy(mode, sql) {
  const found = [];
  const listener = {
    syntaxError: (_recognizer, _token, line, column, message) =>
      found.push(`${line}:${column} ${message.replace(/ expecting \{.*\}$/s, "")}`),
    reportAmbiguity() {},
    reportAttemptingFullContext() {},
    reportContextSensitivity() {},
  };
  const lexer = new TrinoSqlLexer(CharStreams.fromString(sql));
  const tokens = new CommonTokenStream(lexer);
  const parser = new TrinoSqlParser(tokens);
  parser.interpreter.predictionMode = mode;
  for (const one of [lexer, parser]) {
    one.removeErrorListeners();
    one.addErrorListener(listener);
  }
  // `program` is any number of statements, with or without a semicolon between; Athena runs one.
  const count = parser.program().statements().length;
  if (count !== 1 && found.length === 0) found.push(`1:0 ${count} statements, not one`);
  for (const { type, text, line, column } of tokens.getTokens()) {
    if (REFUSED.includes(type) || text === '""') found.push(`${line}:${column} Trino refuses the name ${text}`);
  }
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(faults(JSON.parse(line)))}\n`);
}
