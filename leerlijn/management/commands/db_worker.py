from django_tasks_db.management.commands import db_worker

from leerlijn.safety import refuse_danger


class Command(db_worker.Command):
    def handle(self, **options):
        refuse_danger()
        super().handle(**options)
