// Makes calls of the SDK, given as JSON, and tells what came of each: a line of JSON.
import Julep, { APIError } from "@julep/sdk";
import { text } from "node:stream/consumers";

let requests = [];
const counting = async (url, init) => {
  const reply = await fetch(url, init);
  requests.push(`${init.method.toUpperCase()} ${reply.status}`);
  return reply;
};
const julep = new Julep({ fetch: counting });
const AsyncFunction = (async () => {}).constructor;

function told(error) {
  const name = error.constructor.name;
  return error instanceof APIError ? `${name}: ${error.status}` : `${name}: ${error.message}`;
}

const seen = [];
for (const code of JSON.parse(await text(process.stdin))) {
  const secret = (await julep.secrets.list()).find((one) => one.name === "stripe_api_key");
  requests = [];
  let error = null;
  try {
    await new AsyncFunction("julep", "secret", `return ${code};`)(julep, secret);
  } catch (raised) {
    error = told(raised);
  }
  seen.push({ error, requests: [...requests] });
}
console.log(JSON.stringify(seen));
