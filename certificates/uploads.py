"""Files that strangers bring to the check page: in memory, never on the disk, and not for long."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_MEGABYTES = 10  # our own files are well under one
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024


class InMemory(FileUploadHandler):
    """Keeps the first ``MOST_BYTES`` of a file; of a longer one only how long it is."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= MOST_BYTES:
            self.kept.write(raw_data)

    def file_complete(self, file_size):
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
