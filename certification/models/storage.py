from django.core.files.storage import storages


def certificate_storage() -> object:
    """Personal papers are kept apart from the site's pictures."""
    return storages["certificates"]
