"""The register kept by officers: pages of organizations and people, imports, invitations."""
