# Node.js SDK
await julep.secrets.create({
  name: 'ANTHROPIC_API_KEY',
  value: 'sk-ant-...'
});
