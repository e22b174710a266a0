"""Models that lead to people and belong to nobody's own data, each with the reason."""

from allauth.account.models import EmailConfirmation
from django.contrib.admin.models import LogEntry

from participants.exports.models import Export
from participants.interviews.items import Rating
from participants.messages.models import ReminderText
from participants.mydata.registry import kept_out
from participants.placements.models import Supervisor
from participants.receipts.models import Receipt
from participants.sessions.models import Session
from participants.sessions.proofs import SessionProof
from participants.setup.models import NormsChange

kept_out(ReminderText, "of a whole group, and says nothing about anybody")
kept_out(Export, "what staff took along of a cohort; the decisions tell who did and why")
kept_out(Rating, "what one assessor thought alone is blind; the joint rating is shown")
kept_out(Receipt, "an answer to a program, unreadable without its client_id; gone in days")
kept_out(Session, "of a whole group; what concerns one person stands with the presence")
kept_out(SessionProof, "names and signatures of a whole group")
kept_out(Supervisor, "about somebody else; the name stands with the placement")
kept_out(LogEntry, "what an administrator changed; about others, and in our own log of decisions")
kept_out(EmailConfirmation, "not used: addresses are confirmed in another way")
kept_out(NormsChange, "a rule of a whole cohort; the progress of each person shows what it asks")
