"""Le serveur meurt à chaque pas d'une séance.

On le relance, on tourne de nouveau les clés : une ouverture par enveloppe.
"""

import hashlib
import json
import sqlite3
import threading

import httpx
import pytest

from tests.pannes.poste import Poste, tourner_les_cles

# Où le serveur meurt, ce que la séance en dit au réveil,
# et combien d'enveloppes sont alors ouvertes, sur quatre.
MORTS = [
    ("ouverture.avant_validation_des_cles", "cles_en_cours", 0),
    ("ouverture.apres_validation_des_cles", "suspendue", 0),
    ("ouverture.apres_reservation", "suspendue", 0),
    ("ouverture.pendant_un_fichier:2", "suspendue", 0),
    ("ouverture.apres_descellement", "suspendue", 0),
    ("ouverture.apres_constat", "suspendue", 1),
    ("ouverture.avant_validation_de_la_cloture", "suspendue", 4),
    ("ouverture.apres_validation_de_la_cloture", "close", 4),
]
AUCUNE = "aucune"
DEPUIS = "FROM ouverture_ouverturepli o JOIN ouverture_seance s ON s.id = o.seance_id"
FICHIERS = f"{DEPUIS} JOIN ouverture_fichierouvert f ON f.ouverture_id = o.id"


class Table:
    """Une séance de la démonstration, installée : la mairie préside, l'adjoint confirme."""

    def __init__(self, plateforme):
        self.plateforme = plateforme
        self.helene, self.bernard = Poste.de(plateforme, "helene"), Poste.de(plateforme, "bernard")
        (self.seance,) = self.lire(
            "SELECT reference FROM ouverture_seance WHERE etat = 'cles_en_cours'"
        )
        self.page = f"/ouverture/{self.seance}/"
        for poste in (self.helene, self.bernard):
            poste.poster(f"{self.page}rejoindre/", depuis=self.page)
        self.helene.poster(f"{self.page}registre-lu/", depuis=self.page)

    def lire(self, requete, *valeurs):
        """La première colonne."""
        base = sqlite3.connect(self.plateforme.dossier / "beffroi.sqlite3", timeout=20)
        try:
            return [ligne[0] for ligne in base.execute(requete, valeurs)]
        finally:
            base.close()

    def des_enveloppes(self, colonne, depuis=DEPUIS):
        return self.lire(
            f"SELECT {colonne} {depuis} WHERE s.reference = ? ORDER BY o.rang", self.seance
        )

    def au_journal(self, acte):
        contenus = self.lire(
            "SELECT contenu FROM journal_ecriture WHERE acte = ? AND sujet = ?", acte, self.seance
        )
        return [json.loads(contenu)["donnees"] for contenu in contenus]

    def etat(self):
        return self.helene.etat(self.seance)["etat"]

    def avancer(self):
        """Tout ce qui reste à faire : tourner les clés, ouvrir chaque enveloppe, clore."""
        fermees = [
            rang
            for rang, etat in enumerate(self.des_enveloppes("o.etat"), start=1)
            if etat != "ouverte"
        ]
        if fermees:
            tourner_les_cles(self.helene, self.bernard, self.seance)
        for rang in fermees:
            self.faire("suivante", rang=str(rang))
        self.faire("clore")

    def faire(self, geste, **champs):
        fait = self.helene.poster(
            f"{self.page}{geste}/", depuis=f"{self.page}proces-verbal/", **champs
        )
        assert fait.status_code == 200, fait.text

    def mourir(self):
        with pytest.raises(httpx.TransportError):
            self.avancer()

    def redemarrer(self, *, panne):
        self.plateforme.tuer()
        self.plateforme.demarrer(BEFFROI_PANNE=panne)

    def clairs_gardes(self):
        """L'empreinte de tout ce que cette séance a laissé en clair sur le disque."""
        racines = self.plateforme.dossier.rglob("ouverts/*/*")
        references = set(self.des_enveloppes("o.reference"))
        chemins = [
            chemin
            for racine in racines
            if racine.name in references
            for chemin in racine.rglob("*")
        ]
        return sorted(hashlib.sha256(c.read_bytes()).hexdigest() for c in chemins if c.is_file())


# Chaque jour, une séance meurt au milieu (`parcours/test_seance_interrompue.py`) ; ici, à
# chaque pas.
@pytest.mark.long
def test_une_seance_tuee_a_chaque_pas_n_ouvre_qu_une_fois_chaque_enveloppe(plateforme):
    pannes = [panne for panne, *_ in MORTS]
    plateforme.demarrer(BEFFROI_PANNE=pannes[0])
    table = Table(plateforme)

    for (panne, etat, ouvertes), suivante in zip(MORTS, [*pannes[1:], AUCUNE], strict=True):
        table.mourir()
        table.redemarrer(panne=suivante)

        assert table.etat() == etat, panne
        assert table.des_enveloppes("o.etat").count("ouverte") == ouvertes, panne
        if etat == "suspendue" and ouvertes < 4:
            assert "Reprendre la séance" in table.helene.lire(table.page), panne

    assert "La séance est close" in table.helene.lire(table.page)
    une_seule_ouverture_et_tout_est_intact(table)


def une_seule_ouverture_et_tout_est_intact(table):
    """Une ouverture par enveloppe, aucun clair de trop,
    un seul procès-verbal, un journal que chacun vérifie.
    """
    ouvertes = [(d["pli"], d["sorte"], d["lot"]) for d in table.au_journal("enveloppe.ouverte")]
    assert len(ouvertes) == len(set(ouvertes)) == len(table.des_enveloppes("o.id")) == 4
    assert set(table.des_enveloppes("o.constats")) == {"[]"}
    assert table.clairs_gardes() == sorted(table.des_enveloppes("f.sha256", FICHIERS))
    for reference, sha256 in zip(
        table.des_enveloppes("f.reference", FICHIERS),
        table.des_enveloppes("f.sha256", FICHIERS),
        strict=True,
    ):
        assert (
            hashlib.sha256(table.helene.octets(f"/plis-ouverts/{reference}/")).hexdigest() == sha256
        )
    (scelle,) = table.au_journal("proces_verbal.scelle")
    assert (
        hashlib.sha256(table.helene.octets(f"{table.page}proces-verbal.pdf")).hexdigest()
        == scelle["sha256"]
    )
    verification = table.plateforme.verifier()
    assert verification.returncode == 0, verification.stdout


def test_deux_demandes_simultanees_font_une_ouverture(plateforme):
    plateforme.demarrer()
    table = Table(plateforme)
    tourner_les_cles(table.helene, table.bernard, table.seance)
    jeton = table.helene.jeton(f"{table.page}proces-verbal/")
    depart, statuts = threading.Barrier(2), []

    def demander():
        with httpx.Client(
            base_url=plateforme.adresse, cookies=table.helene.client.cookies, trust_env=False
        ) as client:
            depart.wait()
            champs = {"rang": "1", "csrfmiddlewaretoken": jeton}
            statuts.append(
                client.post(f"{table.page}suivante/", data=champs, timeout=60).status_code
            )

    fils = [threading.Thread(target=demander) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()

    assert 302 in statuts and set(statuts) <= {302, 409}
    assert table.des_enveloppes("o.etat").count("ouverte") == 1
    assert (
        len(table.au_journal("enveloppe.ouverture_commencee"))
        == len(table.au_journal("enveloppe.ouverte"))
        == 1
    )
