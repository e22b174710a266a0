# Wie ben je, en waar doe je aan mee?
enrolment=$(curl -sf "$SITE/api/v1/me/" -H "Authorization: Token $TOKEN" \
  | python3 -c 'import json, sys; print(json.load(sys.stdin)["enrolments"][0])')

# Lever 90 minuten werk in. Dezelfde client_id nog een keer maakt geen tweede regel.
entry=$(curl -sf "$SITE/api/v1/hours/" -H "Authorization: Token $TOKEN" \
  -H "Content-Type: application/json" \
  -d '{"enrolment": '"$enrolment"', "kind": "work", "date": "'"$(date +%F)"'",
       "minutes": 90, "description": "Meegelopen op het spreekuur",
       "client_id": "6f1c2c52-0d3e-4a53-9d6a-0b4f0c1f7a11"}' \
  | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')

# Een begeleider geeft akkoord, met een eigen token.
curl -sf "$SITE/api/v1/hours/$entry/approve/" -H "Authorization: Token $STAFF_TOKEN" \
  -H "Content-Type: application/json" -d '{"note": "Was erbij"}' > /dev/null

# Hoe sta je ervoor?
curl -sf "$SITE/api/v1/enrolments/$enrolment/progress/" -H "Authorization: Token $TOKEN" \
  | python3 -m json.tool --no-ensure-ascii
