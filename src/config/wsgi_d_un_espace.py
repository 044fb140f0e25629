"""Le point d'entrée d'un espace d'essai : les pages, et l'ouvrier dans un fil du même processus.

Le serveur lance ce processus par une copie du sien : une base ouverte avant la copie resterait
verrouillée dans celle-ci. L'ouvrier ne démarre donc qu'ici.
"""

import threading

from beffroi.commandes.cli import worker
from config.en_servant import preparer_la_base
from config.wsgi import application

__all__ = ["application"]

preparer_la_base()
threading.Thread(
    target=worker.travailler, args=(threading.Event(),), daemon=True, name="ouvrier"
).start()
