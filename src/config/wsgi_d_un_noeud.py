"""Le point d'entrée d'un nœud : les pages, et, dans deux fils, ce que ce nœud rend.

L'un rend à la base ce qui fut écrit à côté d'elle, l'autre au système la mémoire d'une affluence.

Un fil ne passe pas d'un processus à sa copie : il ne démarre donc que dans celui qui sert.
"""

from beffroi.socle.fondations.memoire import rendre_en_servant
from beffroi.socle.guichet.corps_entiers import CorpsEntiers
from beffroi.socle.noeuds.releve import relever_en_servant
from config import wsgi
from config.en_servant import preparer_la_base

__all__ = ["application"]

application = CorpsEntiers(wsgi.application)
preparer_la_base()
relever_en_servant()
rendre_en_servant()
