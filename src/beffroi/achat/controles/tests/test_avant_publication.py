"""Ce qui empêche de publier :
le règlement joint compte autant que la consultation, et se garde comme elle.
"""

from datetime import timedelta

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.publication import AVERTISSEMENT, BLOQUANT
from beffroi.achat.controles.avant_publication import ecarts_avant_publication
from beffroi.achat.controles.rules.delais import dire
from beffroi.achat.relectures import lecture
from beffroi.achat.relectures.models import PasseOutre
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Habilitation
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from formats.dates import PARIS

PAPIER = "Les offres peuvent aussi être remises contre récépissé en mairie, sous pli cacheté."


def bloquants(consultation, le):
    return [
        ecart
        for ecart in ecarts_avant_publication(consultation, le=le)
        if ecart.gravite == BLOQUANT
    ]


def codes(ecarts):
    return [ecart.source[:6] for ecart in ecarts]


def autre_heure(scene):
    """Deux heures d'écart, le même jour."""
    local = scene.limite.astimezone(PARIS)
    local += timedelta(hours=2 if local.hour < 12 else -2)
    return (
        f"La date limite de remise des offres est fixée au {local:%d/%m/%Y} à {local:%H} h "
        f"{local:%M}, heure de Paris."
    )


def test_une_consultation_sans_ecart_se_publie(scene, complete):
    assert bloquants(complete, scene.le) == []
    assert scene.publier(complete).etat == "publiee"


def test_une_autre_heure_dans_le_reglement_empeche_de_publier(scene, complete, regler):
    regler(complete, autre_heure(scene))

    assert codes(bloquants(complete, scene.le)) == ["RC-01,"]
    with pytest.raises(RegleEnfreinte) as refus:
        scene.publier(complete)
    assert "L'heure limite de remise n'est pas la même partout" in str(refus.value)


def test_un_ecart_du_texte_dit_ou_et_se_corrige_dans_le_document(scene, complete, regler):
    regler(complete, "1. Remise des offres", PAPIER)

    (ecart,) = bloquants(complete, scene.le)

    assert "Dans le règlement, paragraphe 2" in ecart.texte and "pli cacheté" in ecart.texte
    assert ecart.tache == "documents"


def test_un_ecart_du_texte_dit_aussi_ce_qui_etait_attendu(scene, complete, regler):
    """« 16 h 00 » ne suffit pas : la page dit l'heure de la consultation, à côté."""
    regler(complete, autre_heure(scene))

    (ecart,) = bloquants(complete, scene.le)

    assert f" Attendu : {dire(scene.limite)}." in ecart.texte


@pytest.mark.parametrize(
    ("nom", "octets", "dit"),
    [
        ("rc.pdf", b"%PDF-1.7 abime", "abîmé"),
        ("rc.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ne se lit pas ici"),
    ],
)
def test_un_reglement_illisible_n_empeche_pas_de_publier_et_le_dit(
    scene, complete, regler, nom, octets, dit
):
    regler(complete, nom=nom, octets=octets)

    partiels = [
        e
        for e in ecarts_avant_publication(complete, le=scene.le)
        if "Le contrôle est partiel" in e.texte
    ]

    assert [(e.gravite, e.tache) for e in partiels] == [(AVERTISSEMENT, "documents")]
    assert nom in partiels[0].texte and dit in partiels[0].texte
    assert scene.publier(complete).etat == "publiee"


def test_le_texte_ne_se_lit_qu_une_fois(scene, complete, regler, monkeypatch):
    regler(complete, PAPIER)
    lectures = []
    vraie = lecture.lire_document
    monkeypatch.setattr(
        lecture, "lire_document", lambda octets, nom: lectures.append(nom) or vraie(octets, nom)
    )

    premiers, seconds = (ecarts_avant_publication(complete, le=scene.le) for _ in range(2))

    assert premiers == seconds and lectures == ["reglement.docx"]


def test_un_autre_document_de_meme_nom_se_lit_de_nouveau(scene, complete, regler):
    regler(complete, PAPIER)
    assert codes(bloquants(complete, scene.le)) == ["RC-07,"]

    regler(complete, "Les offres sont remises par voie électronique.")

    assert bloquants(complete, scene.le) == []


def test_sans_les_questions_seul_ce_qui_est_connu_se_juge(scene, complete, regler):
    regler(complete, PAPIER)
    Consultation.toutes.filter(pk=complete.pk).update(date_limite_remise=scene.le)
    complete.refresh_from_db()

    assert set(codes(bloquants(complete, scene.le))) == {"RC-07,", "PUB-09"}


def garder(client, consultation, ecart):
    return client.post(
        ecart.garder, {"empreinte": ecart.garder.rstrip("/").rpartition("/")[2], "motif": "Voulu."}
    )


def test_le_valideur_passe_outre_en_disant_pourquoi_et_la_consultation_se_publie(
    scene, complete, regler
):
    regler(complete, PAPIER)
    (ecart,) = bloquants(complete, scene.le)

    garder(connecter(Client(), scene.martine), complete, ecart)

    assert PasseOutre.objects.get().motif == "Voulu."
    assert scene.publier(complete).etat == "publiee"


def test_qui_ne_valide_pas_ne_passe_pas_outre(scene, complete, regler):
    regler(complete, PAPIER)
    (ecart,) = bloquants(complete, scene.le)
    Habilitation.objects.filter(utilisateur=scene.helene).update(roles=["redacteur"])

    reponse = garder(connecter(Client(), scene.helene), complete, ecart)

    assert reponse.status_code in {403, 422} and not PasseOutre.objects.exists()


def test_un_ecart_garde_compte_de_nouveau_si_le_texte_change(scene, complete, regler):
    regler(complete, PAPIER)
    garder(connecter(Client(), scene.martine), complete, bloquants(complete, scene.le)[0])
    assert bloquants(complete, scene.le) == []

    regler(complete, "Les plis peuvent être déposés contre récépissé à l'accueil de la mairie.")

    assert codes(bloquants(complete, scene.le)) == ["RC-07,"]


def test_une_consultation_sans_heure_limite_ne_se_garde_pas_ainsi(scene):
    brouillon = scene.brouillon(date_limite_remise=None)

    sans_heure = next(e for e in bloquants(brouillon, scene.le) if e.source.startswith("PUB-09"))

    assert sans_heure.garder == ""


def test_la_page_verifier_dit_chaque_chose_une_fois(scene, complete):
    complete.pieces.all().delete()
    page = connecter(Client(), scene.martine).get(
        f"/consultations/{complete.reference}/preparer/verifier/"
    )

    textes = [
        controle.texte
        for controle, _ in (*page.context["bloquants"], *page.context["avertissements"])
    ]

    assert sum("aucun document" in texte for texte in textes) == 1
    assert len(textes) == len(set(textes))


def test_l_heure_limite_du_reglement_peut_etre_celle_de_la_plateforme(scene, complete, regler):
    local = scene.limite.astimezone(PARIS)
    regler(
        complete,
        (
            f"Date limite de remise des offres : {local:%d/%m/%Y} à {local:%H} h {local:%M}, "
            "heure de Paris."
        ),
    )

    assert bloquants(complete, scene.le) == []


HORAIRES = "Remise : [À compléter : les horaires d'ouverture]."


def test_un_reglement_en_projet_empeche_de_publier_et_le_nomme(scene, complete, regler):
    regler(complete, HORAIRES)

    (ecart,) = bloquants(complete, scene.le)

    assert (
        "Il y manque ceci : les horaires d'ouverture." in ecart.texte and ecart.tache == "documents"
    )
    with pytest.raises(RegleEnfreinte):
        scene.publier(complete)


def test_un_reglement_en_projet_se_garde_par_le_valideur_qui_dit_pourquoi(scene, complete, regler):
    regler(complete, HORAIRES)
    (ecart,) = bloquants(complete, scene.le)
    Habilitation.objects.filter(utilisateur=scene.helene).update(roles=["redacteur"])

    garder(connecter(Client(), scene.helene), complete, ecart)
    assert bloquants(complete, scene.le) == [ecart]
    garder(connecter(Client(), scene.martine), complete, ecart)
    assert scene.publier(complete).etat == "publiee"


def test_un_trou_laisse_par_l_outil_mene_a_sa_question(scene):
    client = connecter(Client(), scene.martine)
    client.post(
        "/consultations/nouvelle/",
        {"titre": "Toit", "objet": "Ardoise.", "prestation": "travaux", "lieu": "Bomy"},
    )
    consultation = Consultation.toutes.get()
    client.post(f"/consultations/{consultation.reference}/preparer/rediger/")

    trous = [
        ecart for ecart in bloquants(consultation, scene.le) if ecart.source.startswith("PUB-17")
    ]

    assert {ecart.tache for ecart in trous} >= {"montant", "criteres", "calendrier"}
    assert any(
        "les critères et leurs poids" in ecart.texte and ecart.tache == "criteres"
        for ecart in trous
    )
