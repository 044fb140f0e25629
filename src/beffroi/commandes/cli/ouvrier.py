"""Un ouvrier : il prend une tâche, en garde le bail tant qu'il y travaille, et fait sa ronde."""

import logging
import os
import socket
import threading
import time

from django.db import DatabaseError, close_old_connections, connection

from beffroi.socle.fondations import prises, taches
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Tache
from beffroi.socle.fondations.processus import vit
from beffroi.socle.noeuds import releve
from beffroi.socle.noeuds import services as noeuds

logger = logging.getLogger(__name__)
PERIODE_DES_RONDES_S = 20
TENUES_SANS_REDEMANDER_S = PERIODE_DES_RONDES_S / 2
RENOUVELLEMENT_S = taches.DUREE_DU_BAIL.total_seconds() / 3


class Ouvrier:
    """Le travail d'un processus `worker`."""

    horloge = staticmethod(time.monotonic)

    def __init__(self, *, seul: bool = False) -> None:
        """`seul` : qui ne travaille qu'une fois fait les rondes, quel que soit qui les tient."""
        self.machine, self.seul = socket.gethostname(), seul
        self.nom = f"{self.machine}-{os.getpid()}"
        self.prochaine_ronde = self.tenues_jusqu_a = 0.0

    def avancer(self) -> bool:
        """La ronde si c'est l'heure, puis une tâche ; faux s'il n'y en avait pas.

        Une connexion morte se rend d'abord : la suivante sera neuve.
        """
        close_old_connections()
        if self.horloge() >= self.prochaine_ronde:
            self.faire_la_ronde()
            self.prochaine_ronde = self.horloge() + PERIODE_DES_RONDES_S
        return self.faire_une_tache()

    def faire_une_tache(self) -> bool:
        """Fait la première tâche due ; faux s'il n'y en avait pas."""
        close_old_connections()
        tache = taches.prendre(ouvrier=self.nom, le=maintenant())
        if tache is None:
            return False
        fini = threading.Event()
        veille = threading.Thread(target=self.garder_le_bail, args=(tache, fini), daemon=True)
        veille.start()
        try:
            taches.accomplir(tache, le=maintenant())
        finally:
            fini.set()
            veille.join()
        return True

    def garder_le_bail(self, tache: Tache, fini: threading.Event) -> None:
        """Renouvelle le bail jusqu'à la fin de la tâche, sur sa propre connexion."""
        try:
            while not fini.wait(RENOUVELLEMENT_S):
                if not self.tient_encore(tache):
                    return
        finally:
            connection.close()

    def tient_encore(self, tache: Tache) -> bool:
        """Faux si un autre l'a reprise. Une base qui se tait n'a rien donné à personne : on y
        retourne, tant que la tâche se fait.
        """
        try:
            return taches.renouveler(tache, le=maintenant())
        except DatabaseError:
            connection.close()
            return True

    def faire_la_ronde(self) -> None:
        """Rend les baux échus, dit qu'il travaille, fait les rondes de ce nœud ; celles de la
        plateforme, s'il est celui qui les tient.
        """
        taches.rendre_les_baux_echus(le=maintenant())
        noeuds.noter_l_ouvrier(le=maintenant())
        releve.faire_les_rondes_du_noeud()
        for ronde in prises.rondes():
            if not self.tient_les_rondes():
                return
            releve.faire(ronde)

    def tient_les_rondes(self) -> bool:
        """Demandé à la base de temps en temps : un tour de rondes est le plus souvent bref."""
        if self.seul or self.horloge() < self.tenues_jusqu_a:
            return True
        tient = noeuds.tenir_les_rondes(ouvrier=self.nom, le=maintenant(), est_mort=self.est_mort)
        self.tenues_jusqu_a = self.horloge() + (TENUES_SANS_REDEMANDER_S if tient else 0)
        return tient

    def est_mort(self, nom: str) -> bool:
        """Un ouvrier de cette machine, qu'elle n'a plus ; d'ailleurs, on ne sait pas."""
        machine, _, processus = nom.rpartition("-")
        return machine == self.machine and not vit(int(processus))

    def s_arreter(self) -> None:
        """Un autre fait les rondes aussitôt."""
        noeuds.rendre_les_rondes(ouvrier=self.nom)
