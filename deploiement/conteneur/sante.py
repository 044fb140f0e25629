"""Le nœud de ce conteneur répond-il ? Code 0 si oui : ce que demande la santé d'un conteneur."""

import os
import sys
import urllib.request

HOTE = os.environ.get("BEFFROI_HOTES", "localhost").split(",")[0].strip()
DEMANDE = urllib.request.Request("http://127.0.0.1:8000/sante", headers={"Host": HOTE})

try:
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(DEMANDE, timeout=3)
except OSError as panne:
    sys.exit(f"le nœud ne répond pas : {panne}")
