// JavaScript mock example
jest.mock('@julep/sdk', () => {
  return {
    Julep: jest.fn().mockImplementation(() => {
      return {
        secrets: {
          get: jest.fn().mockResolvedValue({
            name: 'api_key',
            value: 'mock-api-key-123'
          })
        }
      };
    })
  };
});
