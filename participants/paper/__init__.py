"""Everything that goes on paper, drawn from plain facts. Knows no rules, database or web.

Whoever prints something describes it as a dict and gets PDF bytes. Every document is PDF/A-3a (it
can be kept for good) and PDF/UA-1 (it can be read aloud), and the same facts give the same bytes.

ReportLab draws and sets the type (``typeface`` is its font, mended); pikepdf adds the structure and
what an archive asks (``finishing``).

- ``archival.Document`` is the file, ``page.Page`` a sheet in it, ``flow.Flow`` running text and
  tables over as many sheets as it takes
- ``hours_statement.hours_statement_pdf`` and ``plan.plan_pdf`` are whole documents
"""
