// A long-lived reader: each line it is given is a question, and its rows come back as one line of
// JSON, from the version that is live by then. node read.mjs "$CUSTOMER_VALUE_HOME"
import { realpathSync } from "node:fs";
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";

const LIVE = `${process.argv[2]}/warehouse/current/customer_value.duckdb`;
const OPTIONS = { access_mode: "READ_ONLY", enable_external_access: "false" };

async function open(version) {
  const instance = await DuckDBInstance.create(version, OPTIONS);
  return { version, instance, connection: await instance.connect() };
}

function close({ instance, connection }) {
  connection.closeSync();
  instance.closeSync();
}

let opened = await open(realpathSync(LIVE));
for await (const question of createInterface({ input: process.stdin })) {
  // `current` is a link: where it leads is the version, and a published version never changes.
  const version = realpathSync(LIVE);
  if (version !== opened.version) {
    close(opened);
    opened = await open(version);
  }
  const answer = await opened.connection.runAndReadAll(question);
  // As JSON, decimals and 64-bit counts are text with all their digits, and dates are ISO dates. A
  // number of JavaScript would round them, and its Date is an instant.
  console.log(JSON.stringify(answer.getRowObjectsJson()));
}
close(opened);
