"""Le point d'entrée d'un nœud : les pages, et, dans un fil, ce que ce nœud rend à la base.

Un fil ne passe pas d'un processus à sa copie : il ne démarre donc que dans celui qui sert.
"""

from beffroi.socle.noeuds.releve import relever_en_servant
from config.wsgi import application

__all__ = ["application"]

relever_en_servant()
