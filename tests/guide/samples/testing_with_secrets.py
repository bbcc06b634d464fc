# Python mock example
import pytest
from unittest.mock import patch

@pytest.fixture
def mock_secrets():
    return {
        "api_key": "mock-api-key-123",
        "auth_token": "mock-token-456"
    }

@patch("julep.client.Secrets.get")
def test_with_mock_secrets(mock_get, mock_secrets):
    mock_get.return_value = mock_secrets
    # Test code that uses secrets
