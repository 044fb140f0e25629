"""Le point d'entrée d'un nœud : les pages, et, dans un fil, ce que ce nœud rend à la base.

Un fil ne passe pas d'un processus à sa copie : il ne démarre donc que dans celui qui sert.
"""

from beffroi.socle.guichet.corps_entiers import CorpsEntiers
from beffroi.socle.noeuds.releve import relever_en_servant
from config import wsgi

__all__ = ["application"]

application = CorpsEntiers(wsgi.application)
relever_en_servant()
