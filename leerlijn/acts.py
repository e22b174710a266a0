"""What viewsets with acts share: reading what was sent, and answering with the row."""

from rest_framework.response import Response


class Acts:
    """For viewsets whose acts take something, each by its own serializer."""

    def sent(self, serializer, *, partial=False):
        """What was sent, as an action takes it; raises what is not filled in well."""
        context = self.get_serializer_context()
        read = serializer(data=self.request.data, partial=partial, context=context)
        read.is_valid(raise_exception=True)
        return read.validated_data

    def answer(self, row, status=200):
        """``row`` as it stands now."""
        return Response(self.get_serializer(row).data, status=status)
