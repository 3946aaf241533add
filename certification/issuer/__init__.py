"""Who signs: the academy as did:web, its public keys, and tokens signed with them."""
