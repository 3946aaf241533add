from tests.certification.keys.given import keys_dir

__all__ = ["keys_dir"]
