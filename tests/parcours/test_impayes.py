"""Une ville ne paie pas : rappel, contestation, mise en demeure, blocage décidé à deux ;
la convention finit, deux personnes y reviennent ; elle paie, et crée de nouveau.

Le temps ne s'attend pas ici :
entre deux étapes, les dates déjà gardées de cette copie reculent de ce qui devrait passer.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.parcours.gestes import acheteur
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import regarder
from tests.plateforme import Plateforme, attendre, une_copie

BOMY = "21620153300017"
JOUR = date.today()
MOTIF = "La ville n'a ni payé, ni répondu au rappel et à la mise en demeure."
PREUVE = {"name": "avis.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 avis"}


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : une ville y est bloquée.

    Bomy y tient la place de la ville en retard, pour que Martine la représente.
    """
    dossier = tmp_path_factory.mktemp("impayes") / "donnees"
    with une_copie(origine, dossier) as copie:
        ecrire(
            copie,
            "UPDATE adherents_adherent SET organisme_id = NULL WHERE siren = '216201533'",
            "UPDATE adherents_adherent SET organisme_id = (SELECT id FROM organismes_organisme "
            "WHERE siret = '21620153300017')"
            " WHERE id = (SELECT adherent_id FROM contributions_contribution WHERE id ="
            " (SELECT contribution_id FROM impayes_defaut))",
        )
        yield copie


def lire(plateforme: Plateforme, requete: str) -> Any:
    base = sqlite3.connect(
        f"file:{plateforme.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
    )
    try:
        return base.execute(requete).fetchone()[0]
    finally:
        base.close()


def ecrire(plateforme: Plateforme, *ordres: str) -> None:
    base = sqlite3.connect(plateforme.dossier / "beffroi.sqlite3", timeout=60)
    try:
        for ordre in ordres:
            assert base.execute(ordre).rowcount == 1, ordre
        base.commit()
    finally:
        base.close()


def reculer(plateforme: Plateforme, jours: int) -> None:
    """Tant de jours ont passé :
    le rappel, l'échéance, la lettre et la contestation répondue sont d'autant plus anciens.
    """
    ordre = "UPDATE {} SET {} = date({}, '-{} days') WHERE id = (SELECT max(id) FROM {})"
    ecrire(
        plateforme,
        *(
            ordre.format("impayes_defaut", champ, champ, jours, "impayes_defaut")
            for champ in ("echeance", "relancee_le", "en_demeure_le")
        ),
        f"UPDATE impayes_lettredimpaye SET etablie_le = datetime(etablie_le, '-{jours} days')"
        " WHERE id = (SELECT max(id) FROM impayes_lettredimpaye)",
    )


def dossier_de(plateforme: Plateforme) -> str:
    return f"/cdg/impayes/{lire(plateforme, 'SELECT reference FROM impayes_defaut')}/"


def agir(page: Any, plateforme: Plateforme, geste: str, bouton: str, **champs: str) -> None:
    """Un acte du dossier, par son lien ; la preuve se joint s'il en faut une."""
    rester_reconnue(page)
    page.goto(dossier_de(plateforme))
    page.get_by_role("link", name=geste, exact=True).click()
    remplir(page, bouton, **champs)


def remplir(page: Any, bouton: str, **champs: str) -> None:
    for nom, valeur in champs.items():
        page.locator(f"main [name={nom}]").first.fill(valeur)
    if page.locator("main [name=fichier]").count():
        page.locator("main [name=fichier]").set_input_files(PREUVE)
    with page.expect_navigation():
        page.get_by_role("button", name=bouton, exact=True).click()


def texte(page: Any) -> str:
    return " ".join(page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ").split())


def etat(plateforme: Plateforme) -> str:
    return str(lire(plateforme, "SELECT etat FROM impayes_defaut"))


def contester(martine: Any) -> None:
    martine.goto(f"/adhesion/{BOMY}/impaye/")
    assert "Le rappel du" in texte(martine) and "aucune réponse n’est retenue" in texte(martine)
    assert regarder(martine) == []
    remplir(martine, "Contester cette somme", motif="Le mandat 412 est parti le mois dernier.")
    assert "rien ne suit avant la réponse" in texte(martine)
    assert regarder(martine) == []


def repondre(nadege: Any, plateforme: Plateforme) -> None:
    nadege.goto(dossier_de(plateforme))
    assert "Contestée : les délais sont arrêtés" in texte(nadege)
    nadege.get_by_role("link", name="Répondre", exact=True).click()
    assert regarder(nadege) == []
    nadege.get_by_label("Rejetée").check()
    remplir(nadege, "Répondre", texte="Ce mandat a été rejeté : le compte était faux.")


def mettre_en_demeure(solange: Any, plateforme: Plateforme) -> None:
    agir(solange, plateforme, "Mettre en demeure", "Écrire la mise en demeure")
    agir(
        solange,
        plateforme,
        "Noter la réception",
        "Garder la preuve",
        recue_le=(JOUR + timedelta(days=1)).isoformat(),
    )
    assert "n’est pas encore venu" in texte(solange) and etat(plateforme) == "demeure_envoyee"
    remplir(solange, "Garder la preuve", recue_le=JOUR.isoformat())
    assert etat(plateforme) == "en_demeure"
    solange.goto(dossier_de(plateforme))
    assert solange.get_by_role("link", name="Arrêter les consultations nouvelles").count() == 0


def proposer(nadege: Any, plateforme: Plateforme, geste: str) -> None:
    """Rien ne se décide seul : elle propose, et n'a plus rien à y faire."""
    agir(nadege, plateforme, geste, "Proposer", motif=" ")
    assert "Remplissez" in texte(nadege) and regarder(nadege) == []
    remplir(nadege, "Proposer", motif=MOTIF)
    assert "à décider par une autre personne" in texte(nadege) and regarder(nadege) == []
    assert nadege.get_by_role("link", name=geste, exact=True).count() == 0


def ecarter(remi: Any) -> None:
    """De la liste, avec sa raison : le dossier est comme avant."""
    remi.goto("/cdg/propositions/")
    assert "ni répondu au rappel" in texte(remi) and regarder(remi) == []
    remi.get_by_role("link", name="Écarter").click()
    assert regarder(remi) == []
    remplir(remi, "Écarter", motif="Appelez d'abord la maire.")
    assert "Appelez d’abord la maire" in texte(remi) and regarder(remi) == []


def decider(remi: Any, geste: str, bouton: str) -> None:
    """Par « À faire » : ce qu'elle a proposé, et pourquoi, se lit avant de décider."""
    rester_reconnue(remi)
    remi.goto("/a-faire/")
    remi.get_by_role("link", name="Décider").first.click()
    assert geste in texte(remi) and "Proposé par Nadège" in texte(remi) and regarder(remi) == []
    remplir(remi, bouton, motif=MOTIF)


def notifier(remi: Any, plateforme: Plateforme) -> None:
    agir(remi, plateforme, "Noter la notification", "Garder la preuve", recue_le=JOUR.isoformat())


def bloquer_a_deux(nadege: Any, remi: Any, plateforme: Plateforme) -> None:
    geste = "Proposer d’arrêter les consultations nouvelles"
    proposer(nadege, plateforme, geste)
    ecarter(remi)
    proposer(nadege, plateforme, geste)
    decider(remi, "Arrêter les consultations nouvelles", "Écrire la décision")
    notifier(remi, plateforme)
    assert etat(plateforme) == "bloquee"
    assert regarder(remi) == []


def finir_puis_revenir_a_deux(nadege: Any, remi: Any, plateforme: Plateforme) -> None:
    proposer(nadege, plateforme, "Proposer de mettre fin à la convention")
    decider(remi, "Mettre fin à la convention", "Écrire la décision")
    notifier(remi, plateforme)
    assert etat(plateforme) == "finie" and regarder(remi) == []
    assert "peuvent revenir sur cette fin" in texte(remi)
    proposer(nadege, plateforme, "Proposer de revenir sur la fin")
    decider(remi, "Revenir sur la fin de la convention", "Reprendre la convention")
    assert etat(plateforme) == "en_demeure"


def essayer_de_creer(page: Any, titre: str) -> None:
    page.goto("/consultations/nouvelle/")
    page.locator("[name=titre]").fill(titre)
    page.locator("[name=objet]").fill("La commune refait la couverture de la halle.")
    page.get_by_label("Des travaux").check()
    page.locator("[name=lieu]").fill("Bomy")
    page.get_by_role("button", name="Ouvrir le brouillon").click()


def payer(plateforme: Plateforme) -> None:
    """La comptable note le paiement du titre : ici, directement, comme un import le ferait."""
    contribution = "(SELECT contribution_id FROM impayes_defaut)"
    qui = "(SELECT id FROM comptes_utilisateur WHERE nom LIKE 'Solange%')"
    ecrire(
        plateforme,
        "INSERT INTO recettes_paiement (reference, titre_id, numero, recu_le, montant, libelle, "
        "note_par_id, note_le,"
        f" motif_de_contrepassation) SELECT 'PA-22222222', id, 'P503-9', '{JOUR}', montant, '', "
        f"{qui}, '{JOUR} 08:00:00', ''"
        " FROM recettes_titrederecette WHERE annule_le IS NULL AND "
        f"contribution_id = {contribution}",
    )


# Chaque jour, `centre/impayes` va du rappel au blocage et au paiement par ses actes et ses écrans.
@pytest.mark.long
def test_de_l_impaye_au_blocage_puis_au_paiement(ouvrir: Any, plateforme: Plateforme) -> None:
    martine, nadege, solange, remi = (ouvrir() for _ in range(4))
    for page, qui in (
        (martine, "martine"),
        (nadege, "nadege"),
        (solange, "solange"),
        (remi, "remi"),
    ):
        connecter(page, plateforme.compte(qui))
    contester(martine)
    repondre(nadege, plateforme)
    reculer_le_rappel(plateforme)
    mettre_en_demeure(solange, plateforme)
    reculer(plateforme, 31)
    bloquer_a_deux(nadege, remi, plateforme)

    essayer_de_creer(martine, "Une toiture de plus")
    refus = texte(martine)
    assert "n’est pas payée" in refus and "appelez le centre de gestion : 0" in refus
    martine.goto(f"/adhesion/{BOMY}/impaye/")
    assert "Consultations nouvelles arrêtées" in texte(martine) and regarder(martine) == []
    publiee = lire(
        plateforme,
        "SELECT c.reference FROM consultations_consultation c JOIN organismes_organisme o ON "
        "o.id = c.organisme_id"
        f" WHERE o.siret = '{BOMY}' AND c.etat = 'publiee'",
    )
    assert martine.goto(f"/consultations/{publiee}/suivre/").status == 200

    finir_puis_revenir_a_deux(nadege, remi, plateforme)
    payer(plateforme)
    attendre(lambda: etat(plateforme) == "reglee", delai_s=120)
    acheteur.repondre_aux_questions(martine, "Une toiture après paiement", ())


def reculer_le_rappel(plateforme: Plateforme) -> None:
    """Le rappel et son échéance reculent de seize jours : la mise en demeure devient possible."""
    ecrire(
        plateforme,
        (
            "UPDATE impayes_defaut SET relancee_le = date(relancee_le, '-16 days'), "
            "echeance = date(echeance, '-16 days')"
        ),
    )
