from pathlib import Path

from django.core.files.uploadhandler import TemporaryFileUploadHandler


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    """What comes in goes to a temporary file without a name.

    So the system itself removes it, also when this process is killed half-way: nobody's plan is
    left behind in /tmp.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        Path(self.file.temporary_file_path()).unlink()
