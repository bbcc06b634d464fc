// Node.js SDK
try {
  const secret = await julep.secrets.get({ name: 'non_existent_secret' });
} catch (error) {
  if (error.code === 'not_found') {
    // Handle missing secret
    console.log('Secret not found, using default value');
  } else if (error.code === 'validation_error') {
    // Handle validation error
    console.log(`Invalid secret name: ${error.message}`);
  }
}
