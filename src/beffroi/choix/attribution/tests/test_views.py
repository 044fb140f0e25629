"""Les pages : un choix refusé garde ce qui est tapé,
une seconde personne lit le premier choix, un résultat ouvert est lu.
"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.choix.attribution.models import Attribution, DemandeDeMotifs, Lettre
from beffroi.choix.attribution.tests.scene import DECISION_LE, MOTIF, lettre_a, notifie, relire_tout
from beffroi.personnes.comptes.tests.personnes import connecter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def le_jour_dit(monkeypatch):
    """Les pages vivent le jour de la décision."""
    for module in ("acheteur", "lettres", "demandes", "entreprise"):
        monkeypatch.setattr(
            f"beffroi.choix.attribution.views.{module}.maintenant", lambda: DECISION_LE
        )


@pytest.fixture
def martine(ouvert):
    return connecter(Client(), ouvert.martine)


def adresse(ouvert, nom, **arguments):
    return reverse(
        f"attribution:{nom}", kwargs={"reference": ouvert.consultation.reference, **arguments}
    )


def choix(ouvert, pli=0, **champs):
    return {
        "vue": "",
        "offre": ouvert.plis[pli].reference,
        "montant": "41 250,50",
        "motif": MOTIF,
        "variante": "0",
        **champs,
    }


def test_un_choix_s_inscrit_avec_un_montant_ecrit_comme_on_l_ecrit(ouvert, martine):
    reponse = martine.post(adresse(ouvert, "decider", lot=0), choix(ouvert))

    assert reponse.status_code == 302
    assert str(Attribution.objects.get().montant) == "41250.50"


def test_un_choix_sans_motif_garde_le_montant_tape(ouvert, martine):
    reponse = martine.post(adresse(ouvert, "decider", lot=0), choix(ouvert, motif=""))

    assert reponse.status_code == 422
    assert "41 250,50" in reponse.content.decode()


def test_la_seconde_personne_lit_la_phrase_de_la_premiere(ouvert, martine):
    ouvert.attribuer(par=ouvert.helene)

    reponse = martine.post(adresse(ouvert, "decider", lot=0), choix(ouvert, 1))

    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert "par Hélène" in page and 'value="41 250,50"' in page


def test_le_tableau_dit_l_attente_en_jours_et_l_agenda_la_porte(ouvert, martine):
    notifie(ouvert)

    page = martine.get(adresse(ouvert, "lots")).content.decode().replace("\xa0", " ")
    agenda = martine.get(adresse(ouvert, "agenda")).content.decode()

    assert "à partir du 26 janvier 2027, dans 11 jours" in page
    assert "DTSTART;VALUE=DATE:20270126" in agenda


@pytest.mark.parametrize(
    ("passee_en", "annonce", "suite"),
    [
        (
            "appel_offres_ouvert",
            "L’attente avant de signer court de ce jour",
            "L’attente court d’aujourd’hui",
        ),
        ("procedure_adaptee_ouverte", "Aucune attente n’est exigée", "Le contrat peut être signé"),
    ],
)
def test_l_envoi_dit_l_attente_qui_vient_et_seulement_s_il_en_vient_une(
    ouvert, martine, passee_en, annonce, suite
):
    consultation = ouvert.consultation
    consultation.type_de_procedure = passee_en
    consultation.save()
    ouvert.attribuer()
    relire_tout(ouvert)

    avant = martine.get(adresse(ouvert, "envoyer")).content.decode()
    apres = martine.post(adresse(ouvert, "envoyer"), follow=True).content.decode()

    assert annonce in avant
    assert suite in apres


def test_une_lettre_dont_une_mention_manque_se_refuse_et_garde_le_texte(ouvert, martine):
    ouvert.attribuer()
    relire_tout(ouvert)
    lettre = lettre_a(ouvert, 1)

    reponse = martine.post(
        adresse(ouvert, "lettre", lettre=lettre.reference),
        {"texte": "Non.", "voie": Lettre.Voie.ELECTRONIQUE},
    )

    assert reponse.status_code == 422
    assert "le jour à partir duquel le contrat peut être signé" in reponse.content.decode()


def test_ouvrir_son_resultat_vaut_lecture_et_le_demander_en_tete_n_en_vaut_pas(ouvert):
    notifie(ouvert)
    lettre = lettre_a(ouvert, 1)
    zoe = connecter(Client(), ouvert.scene.personne("zoe"))
    page = reverse("attribution:resultat", args=(lettre.reference,))

    zoe.head(page)
    assert Lettre.objects.get(pk=lettre.pk).exemplaire.lu_le is None
    contenu = zoe.get(page).content.decode()

    assert "Votre planning est plus long." in contenu
    assert Lettre.objects.get(pk=lettre.pk).exemplaire.lu_le == DECISION_LE


def test_l_entreprise_retenue_lit_que_rien_n_est_encore_conclu(ouvert):
    notifie(ouvert)
    sophie = connecter(Client(), ouvert.scene.personne("sophie"))

    contenu = sophie.get(
        reverse("attribution:resultat", args=(lettre_a(ouvert, 0).reference,))
    ).content.decode()

    assert "Le contrat n’est pas encore conclu." in contenu
    assert "Entreprise retenue" not in contenu


def test_le_contrat_notifie_l_entreprise_retenue_ne_lit_plus_qu_il_n_est_pas_conclu(
    ouvert, monkeypatch
):
    notifie(ouvert)
    monkeypatch.setattr(
        "beffroi.contrat.marches.queries.notification_recue_le", lambda pli, lot: date(2027, 2, 3)
    )
    sophie = connecter(Client(), ouvert.scene.personne("sophie"))

    contenu = sophie.get(
        reverse("attribution:resultat", args=(lettre_a(ouvert, 0).reference,))
    ).content.decode()

    assert "il a pris effet le 3" in contenu and "pas encore conclu" not in contenu


def test_une_autre_entreprise_ne_voit_pas_ce_resultat(ouvert):
    notifie(ouvert)
    emile = connecter(Client(), ouvert.scene.personne("emile"))

    assert (
        emile.get(
            reverse("attribution:resultat", args=(lettre_a(ouvert, 1).reference,))
        ).status_code
        == 404
    )


def test_mes_reponses_menent_a_mon_resultat_et_a_lui_seul(ouvert):
    notifie(ouvert)
    resultat = reverse("attribution:resultat", args=(lettre_a(ouvert, 1).reference,))
    pages = [
        connecter(Client(), ouvert.scene.personne(qui)).get("/mes-reponses/")
        for qui in ("zoe", "emile")
    ]

    assert [resultat in page.content.decode() for page in pages] == [True, False]
    assert all("Votre résultat" in page.content.decode() for page in pages)


def test_le_resultat_se_garde_en_pdf(ouvert):
    notifie(ouvert)
    zoe = connecter(Client(), ouvert.scene.personne("zoe"))

    reponse = zoe.get(reverse("attribution:resultat_pdf", args=(lettre_a(ouvert, 1).reference,)))

    assert reponse.content.startswith(b"%PDF")


def test_l_entreprise_demande_pourquoi_depuis_son_resultat(ouvert):
    notifie(ouvert)
    zoe = connecter(Client(), ouvert.scene.personne("zoe"))

    zoe.post(
        reverse("attribution:resultat", args=(lettre_a(ouvert, 1).reference,)),
        {"texte": "Pourquoi ?"},
    )

    assert DemandeDeMotifs.objects.get().demandee_par == ouvert.scene.personne("zoe")
