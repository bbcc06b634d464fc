// What code in Node does with secrets, and what came of it: one line of JSON.
import Julep, { ConflictError, NotFoundError } from "@julep/sdk";

// The key and the base are in the environment; everything else is as the SDK has it, its five
// retries too.
const { secrets } = new Julep();
const seen = {};

const created = await secrets.create({ name: "stripe_key", value: "sk-fake-1f9c27d4" });
seen.created = [created.name, created.value];

try {
  await secrets.create({ name: "stripe_key", value: "sk-fake-2" });
} catch (error) {
  seen.conflict = [error instanceof ConflictError, error.status];
}

const updated = await secrets.update(created.id, { name: "stripe_key", value: "sk-fake-3" });
seen.updated = updated.updated_at > created.updated_at;
seen.listed = (await secrets.list()).map((secret) => secret.name);

await secrets.delete(created.id);
try {
  await secrets.delete(created.id);
} catch (error) {
  seen.gone = [error instanceof NotFoundError, error.status];
}

try {
  await secrets.create({ name: "prod_key", value: "sk-fake-4" });
} catch (error) {
  seen.refused = [error.status, error.error.error.message.split(":")[0]];
}

console.log(JSON.stringify(seen));
