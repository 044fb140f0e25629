"""L'acte de déposer : atomique, répétable, jamais refusé pour cause d'heure."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from beffroi.reponse.depots import recepisse, services
from beffroi.reponse.depots.errors import CleReutilisee, FichierInacheve
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.services import depot
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.journal.models import Ecriture, PointDeControle
from sceau import receipt

OFFRE = (("offre", None),)
MICROSECONDE = timedelta(microseconds=1)


def test_un_depot_inscrit_le_pli_au_registre_et_delivre_le_recepisse(faitage):
    pli = faitage.depose(("candidature", None), ("offre", None))

    ecriture = Ecriture.objects.get(numero=pli.ecriture)
    assert ecriture.acte == "pli.deposer"
    assert ecriture.contenu == pli.accuse.contenu
    assert json.loads(ecriture.contenu)["recepisse"] == pli.reference
    assert PointDeControle.objects.filter(taille__gt=pli.ecriture).exists()


def test_un_depot_ecrit_l_accuse_avec_ses_cinq_mentions(faitage, consultation):
    pli = faitage.depose(*OFFRE)

    courriel = Courriel.objects.get(cle=f"accuse:{pli.reference}")
    attendus = [
        "Sophie Merlin",
        "Atelier du Faîtage",
        "Commune de Bomy",
        consultation.titre,
        consultation.objet,
    ]
    assert [
        mention for mention in [*attendus, "offre.pdf", "janvier"] if mention not in courriel.texte
    ] == []
    assert [piece["nom"] for piece in courriel.pieces] == [
        f"{pli.reference}.pdf",
        f"{pli.reference}-recu.zip",
    ]


def test_le_recepisse_se_verifie_hors_ligne(faitage):
    pli = faitage.depose(("candidature", None), ("offre", None))

    archive = recepisse.archive_du_recu(pli)

    constats = receipt.verify(io.BytesIO(archive))
    assert receipt.holds_together(constats), [constat for constat in constats if not constat.ok]
    assert {"recepisse.pdf", "VERIFIER.txt", "depot.tsr"} <= set(
        zipfile.ZipFile(io.BytesIO(archive)).namelist()
    )


def test_la_reference_d_un_recepisse_ne_compte_pas_les_depots(faitage, monkeypatch):
    """Une entreprise amie de l'acheteur lirait dans deux numéros qui se suivent
    combien ont déposé entre-temps.
    """
    tirages = iter([7, 7, 41_538_206])
    monkeypatch.setattr(depot.secrets, "randbelow", lambda borne: next(tirages))
    premier, second = faitage.depose(*OFFRE), faitage.depose(*OFFRE, le=VEILLE + timedelta(hours=1))

    assert (premier.reference, second.reference) == ("D-2027-00000007", "D-2027-41538206")


@pytest.mark.parametrize(
    "ecart,hors_delai", [(-MICROSECONDE, False), (timedelta(0), False), (MICROSECONDE, True)]
)
def test_l_heure_limite_se_juge_a_la_microseconde(faitage, ecart, hors_delai):
    pli = faitage.depose(*OFFRE, le=LIMITE + ecart)

    assert pli.hors_delai is hors_delai
    assert json.loads(pli.accuse.contenu)["hors_delai"] is hors_delai


def test_des_fichiers_envoyes_avant_et_deposes_apres_sont_hors_delai(faitage):
    pli = faitage.depose(*OFFRE, le=LIMITE + timedelta(minutes=30))

    assert pli.fin_transmission < LIMITE < pli.recu_le
    assert pli.hors_delai


def test_la_meme_cle_redonne_le_meme_pli_sans_second_courriel(faitage):
    brouillon = faitage.commence()
    enveloppes = [faitage.enveloppe(brouillon, "offre")]

    plis = {
        faitage.depose_ces_enveloppes(brouillon, enveloppes, le=VEILLE, cle="k").pk
        for _ in range(3)
    }

    assert len(plis) == 1
    assert Courriel.objects.count() == 1
    assert Ecriture.objects.filter(acte="pli.deposer").count() == 1


def test_la_meme_cle_pour_un_autre_contenu_est_refusee(faitage):
    brouillon = faitage.commence()
    faitage.depose_ces_enveloppes(brouillon, [faitage.enveloppe(brouillon, "offre")], cle="k")

    with pytest.raises(CleReutilisee):
        faitage.depose_ces_enveloppes(
            brouillon, [faitage.enveloppe(brouillon, "candidature")], cle="k"
        )


def test_la_meme_cle_avec_une_enveloppe_de_plus_est_refusee(faitage):
    """Rendre l'ancien récépissé laisserait croire que l'enveloppe ajoutée est déposée."""
    brouillon = faitage.commence()
    offre, candidature = (faitage.enveloppe(brouillon, sorte) for sorte in ("offre", "candidature"))
    faitage.depose_ces_enveloppes(brouillon, [offre], cle="k")

    with pytest.raises(CleReutilisee):
        faitage.depose_ces_enveloppes(brouillon, [offre, candidature], cle="k")


def test_un_fichier_inacheve_est_nomme_et_rien_n_est_depose(faitage):
    brouillon = faitage.commence()
    enveloppe = faitage.enveloppe(brouillon, "offre", le=VEILLE + timedelta(seconds=1))

    with pytest.raises(FichierInacheve) as refus:
        faitage.depose_ces_enveloppes(brouillon, [enveloppe], le=VEILLE)

    assert refus.value.contexte["fichier"] in enveloppe.fichiers
    assert not Pli.objects.exists()


def test_un_report_de_la_limite_est_relu_au_moment_de_deposer(faitage, consultation):
    brouillon = faitage.commence()
    enveloppes = [faitage.enveloppe(brouillon, "offre")]
    type(consultation).toutes.filter(pk=consultation.pk).update(
        date_limite_remise=LIMITE + timedelta(days=1)
    )

    pli = faitage.depose_ces_enveloppes(brouillon, enveloppes, le=LIMITE + timedelta(minutes=1))

    assert not pli.hors_delai


def test_un_report_ne_change_pas_un_recepisse_deja_delivre(faitage, consultation):
    pli = faitage.depose(*OFFRE, le=LIMITE + timedelta(minutes=1))
    type(consultation).toutes.filter(pk=consultation.pk).update(
        date_limite_remise=LIMITE + timedelta(days=1)
    )

    pli.refresh_from_db()

    assert pli.hors_delai
    assert pli.date_limite == LIMITE


@pytest.mark.parametrize("etat", ["sans_suite", "archivee"])
def test_une_procedure_finie_ne_recoit_plus(faitage, consultation, etat):
    brouillon = faitage.commence()
    enveloppes = [faitage.enveloppe(brouillon, "offre")]
    type(consultation).toutes.filter(pk=consultation.pk).update(etat=etat)

    with pytest.raises(RegleEnfreinte):
        faitage.depose_ces_enveloppes(brouillon, enveloppes)


def test_un_depot_sans_enveloppe_n_en_est_pas_un(faitage):
    with pytest.raises(RegleEnfreinte, match="rien à déposer"):
        faitage.depose_ces_enveloppes(faitage.commence(), [])


def test_un_fichier_d_une_autre_reponse_est_refuse(faitage):
    enveloppe = faitage.enveloppe(faitage.commence(), "offre")

    with pytest.raises(RegleEnfreinte, match="n'est pas dans cette réponse"):
        faitage.depose_ces_enveloppes(faitage.commence(), [enveloppe])


def test_une_offre_d_un_lot_non_choisi_est_refusee(db):
    candidat = factories.Candidat(factories.consultation(lots=2))

    with pytest.raises(RegleEnfreinte, match="lot 2"):
        candidat.enveloppe(candidat.commence(1), "offre", 2)


@pytest.mark.parametrize(
    "changement",
    [
        "UPDATE depots_pli SET recu_le = '2020-01-01 00:00:00+00:00'",
        "UPDATE depots_pli SET hors_delai = NOT hors_delai, date_limite = recu_le",
        "UPDATE depots_pli SET ecriture = 999",
        "UPDATE depots_accusedereception SET contenu = '{}'",
        "DELETE FROM depots_accusedereception",
        "UPDATE depots_enveloppe SET engagement = 'x'",
        "DELETE FROM depots_enveloppe_fichiers",
    ],
)
def test_la_base_refuse_de_retoucher_un_depot(faitage, changement):
    from django.db import connection

    faitage.depose(*OFFRE)

    with (
        pytest.raises(DatabaseError, match="prouve"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(changement)


def test_retirer_avant_l_heure_garde_le_pli_scelle(faitage):
    pli = faitage.depose(*OFFRE)

    pli = services.retirer_pli(pli=pli, par=faitage.personne, maintenant=LIMITE)

    assert (pli.etat, pli.retire_le) == (Pli.Etat.RETIRE, LIMITE)


def test_apres_l_heure_on_ne_retire_plus(faitage):
    pli = faitage.depose(*OFFRE)

    with pytest.raises(RegleEnfreinte, match="date limite"):
        services.retirer_pli(pli=pli, par=faitage.personne, maintenant=LIMITE + MICROSECONDE)


def test_les_suites_du_depot_sont_dans_la_meme_transaction(faitage):
    brouillon = faitage.commence()
    enveloppes = [faitage.enveloppe(brouillon, "offre")]

    with pytest.raises(RuntimeError), transaction.atomic():
        faitage.depose_ces_enveloppes(brouillon, enveloppes)
        raise RuntimeError("panne après l'acte")

    restes = [
        Pli.objects.count(),
        Courriel.objects.count(),
        Tache.objects.count(),
        Ecriture.objects.count(),
    ]
    assert restes == [0, 0, 0, 0]
