# Wie ben je, en waar doe je aan mee?
enrolment=$(curl -sSf "$SITE/api/v1/me/" -H "Authorization: Token $TOKEN" \
  | python3 -c 'import json, sys; print(json.load(sys.stdin)["enrolments"][0])')

# Lever 90 minuten werk in. Valt je verbinding weg, stuur dan nog een keer hetzelfde, met
# dezelfde client_id: dat maakt geen tweede regel.
client_id=$(python3 -c 'import uuid; print(uuid.uuid4())')
entry=$(curl -sSf "$SITE/api/v1/hours/" -H "Authorization: Token $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"enrolment": '"$enrolment"', "kind": "work", "date": "'"$(date +%F)"'",
       "minutes": 90, "description": "Meegelopen op het spreekuur",
       "client_id": "'"$client_id"'"}' \
  | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')

# Een begeleider geeft akkoord, met een eigen token.
curl -sSf "$SITE/api/v1/hours/$entry/approve/" -H "Authorization: Token $STAFF_TOKEN" \
  -H "Content-Type: application/json" -d '{"note": "Was erbij"}' > /dev/null

# Hoe sta je ervoor?
curl -sSf "$SITE/api/v1/enrolments/$enrolment/progress/" -H "Authorization: Token $TOKEN" \
  | python3 -m json.tool --no-ensure-ascii
