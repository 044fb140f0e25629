"""Ce que chacun voit d'un impayé, et ce que chacun peut y faire."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.centre.contributions.tests.gestes import agent_du_centre
from beffroi.centre.impayes.chez_l_adherent import relances_des
from beffroi.centre.impayes.echeances import (
    attendues_de_l_adherent,
    attendues_du_centre,
    contestations,
)
from beffroi.centre.impayes.models import Defaut, SuspensionDImpaye
from beffroi.centre.impayes.tests import gestes
from beffroi.centre.impayes.tests.gestes import midi
from beffroi.personnes.comptes.tests.personnes import avec_second_facteur, connecter, personne
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
CENTRE = "/cdg/impayes"


@pytest.fixture
def horloge(monkeypatch):
    """Le jour que les pages lisent ; un essai le change."""
    jour = {"le": midi(gestes.RELANCE)}
    for vue in ("centre", "adherent"):
        monkeypatch.setattr(f"beffroi.centre.impayes.views.{vue}.maintenant", lambda: jour["le"])
    return lambda le: jour.update(le=midi(le))


@pytest.fixture
def martine(impayee):
    """Administratrice de la commune qui n'a pas payé."""
    qui = avec_second_facteur(personne("Martine Caron"))
    organisme = impayee.adherent.organisme
    habiliter(
        organisme=organisme,
        utilisateur=qui,
        roles={"administrateur"},
        par=PLATEFORME,
        maintenant=midi(gestes.RECU),
    )
    return qui


def lu(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, (reponse.status_code, reponse.content.decode()[:300])
    return en_clair(reponse)


def en_clair(reponse) -> str:
    texte = (
        reponse.content.decode()
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
    )
    return " ".join(texte.split())


def preuve() -> SimpleUploadedFile:
    return SimpleUploadedFile("avis.pdf", b"%PDF-1.7 un avis")


def test_sans_impaye_la_liste_dit_d_ou_ils_viendront(fanny, horloge):
    assert "L’échéance court de la réception" in lu(connecter(Client(), fanny), f"{CENTRE}/")


def test_avant_son_jour_la_liste_dit_lequel_et_pourquoi(impayee, fanny, horloge):
    horloge(date(2027, 2, 10))
    page = lu(connecter(Client(), fanny), f"{CENTRE}/")

    assert "250,00 €" in page and "6 jours" in page and "Délai en cours" in page
    assert (
        "à partir du 6 mars 2027" in page and "30 jours après l’échéance du 4 février 2027" in page
    )


@pytest.mark.parametrize(
    ("etape", "vu"), [("a_relancer", True), ("a_decider", False), ("n_importe", True)]
)
def test_la_liste_se_filtre_par_etape(impayee, fanny, horloge, etape, vu):
    page = lu(connecter(Client(), fanny), f"{CENTRE}/?etape={etape}&tri=montant")

    assert ("Commune 0001</a>" in page) == vu


def test_relancer_depuis_l_ecran_puis_y_revenir_mene_au_dossier(impayee, fanny, horloge):
    client, adresse = connecter(Client(), fanny), f"{CENTRE}/relancer/{impayee.reference}/"
    assert "Envoyer le rappel" in lu(client, adresse)
    client.post(adresse)

    assert client.get(adresse).url == f"{CENTRE}/{Defaut.objects.get().reference}/"
    assert "Rappel envoyé" in lu(client, client.get(adresse).url)


def test_l_ordonnateur_lit_mais_ne_relance_pas_la_gestionnaire_ne_decide_pas(
    impayee, fanny, olivier, horloge
):
    defaut = gestes.en_demeure(impayee, fanny)
    horloge(gestes.DECISION)
    decision = f"{CENTRE}/{defaut.reference}/blocage/"

    assert (
        connecter(Client(), olivier).post(f"{CENTRE}/relancer/{impayee.reference}/").status_code
        == 403
    )
    assert connecter(Client(), fanny).get(decision).status_code == 403
    assert connecter(Client(), olivier).get(decision).status_code == 200


def test_la_comptable_relance_et_met_en_demeure(impayee, fanny, horloge):
    comptable = connecter(Client(), agent_du_centre("Colette Boutin", "comptable"))
    comptable.post(f"{CENTRE}/relancer/{impayee.reference}/")
    horloge(gestes.MISE_EN_DEMEURE)
    comptable.post(f"{CENTRE}/{Defaut.objects.get().reference}/mise-en-demeure/")

    assert Defaut.objects.get().etat == "demeure_envoyee"


def test_une_preuve_datee_de_demain_revient_dans_le_formulaire_avec_sa_phrase(
    impayee, fanny, horloge
):
    defaut = gestes.demeure_envoyee(impayee, fanny)
    horloge(gestes.RECEPTION)
    donnees = {"recue_le": "2027-03-26", "envoi": "papier", "fichier": preuve()}
    reponse = connecter(Client(), fanny).post(f"{CENTRE}/{defaut.reference}/reception/", donnees)

    assert reponse.status_code == 422 and "n’est pas encore venu" in en_clair(reponse)
    assert Defaut.objects.get().etat == "demeure_envoyee"


def test_une_decision_sans_motif_revient_dans_le_formulaire(impayee, fanny, olivier, horloge):
    defaut = gestes.en_demeure(impayee, fanny)
    horloge(gestes.DECISION)
    reponse = connecter(Client(), olivier).post(f"{CENTRE}/{defaut.reference}/fin/", {"motif": " "})

    assert reponse.status_code == 422 and Defaut.objects.get().etat == "en_demeure"


def test_deux_personnes_au_meme_instant_la_seconde_lit_pourquoi(impayee, fanny, olivier, horloge):
    defaut = gestes.en_demeure(impayee, fanny)
    horloge(gestes.DECISION)
    gestes.proposee(gestes.proposee(defaut, fanny), fanny, acte="decider_la_fin")
    client, donnees = connecter(Client(), olivier), {"motif": gestes.MOTIF}
    client.post(f"{CENTRE}/{defaut.reference}/blocage/", donnees)
    seconde = client.post(f"{CENTRE}/{defaut.reference}/fin/", donnees)

    assert seconde.status_code == 422 and "une autre personne l’a mené" in en_clair(seconde)


def test_la_gestionnaire_propose_a_son_jour_l_ordonnateur_decide_ensuite(
    impayee, fanny, olivier, horloge
):
    adresse = f"{CENTRE}/{gestes.en_demeure(impayee, fanny).reference}/"
    elle, lui = connecter(Client(), fanny), connecter(Client(), olivier)
    propose, decide = "Proposer d’arrêter les", f'href="{adresse}blocage/"'
    horloge(gestes.DECISION - timedelta(days=1))
    assert propose not in lu(elle, adresse)
    horloge(gestes.DECISION)
    assert propose in lu(elle, adresse) and decide not in lu(lui, adresse)
    elle.post(f"{adresse}proposer-le-blocage/", {"motif": gestes.MOTIF})

    assert propose not in lu(elle, adresse) and decide not in lu(elle, adresse)
    assert decide in lu(lui, adresse) and "répondu au rappel" in lu(lui, f"{adresse}blocage/")
    lui.post(f"{adresse}blocage/", {"motif": gestes.MOTIF})
    assert Defaut.objects.get().etat == "blocage_decide"


def test_ses_deux_roles_n_en_font_pas_deux_personnes(impayee, fanny, horloge):
    defaut = gestes.proposee(gestes.en_demeure(impayee, fanny), fanny)
    Habilitation.objects.filter(utilisateur=fanny).update(roles=["gestionnaire", "ordonnateur"])
    horloge(gestes.DECISION)
    client, adresse = connecter(Client(), fanny), f"{CENTRE}/{defaut.reference}/"
    reponse = client.post(f"{adresse}blocage/", {"motif": gestes.MOTIF})

    assert reponse.status_code == 422 and "proposé vous-même" in en_clair(reponse)
    assert f'href="{adresse}blocage/"' not in lu(client, adresse)
    assert Defaut.objects.get().etat == "en_demeure"


def test_une_fin_se_reprend_a_deux_depuis_le_dossier(impayee, fanny, olivier, horloge):
    adresse = f"{CENTRE}/{gestes.notifiee(impayee, fanny, acte='decider_la_fin').reference}/"
    elle, lui = connecter(Client(), fanny), connecter(Client(), olivier)
    horloge(gestes.NOTIFICATION + timedelta(days=7))
    assert "revenir sur cette fin jusqu’au 5 mai 2027" in lu(elle, adresse)
    elle.post(f"{adresse}proposer-le-retour/", {"motif": "Mandat parti le 20 avril."})
    lui.post(f"{adresse}retour/", {"motif": "Mandat parti le 20 avril."})

    assert impayee.adherent.conventions.get().etat == "active"
    assert "Fin reprise" in lu(elle, adresse)


def test_apres_sept_jours_la_fin_ne_se_propose_plus_de_reprendre(impayee, fanny, horloge):
    adresse = f"{CENTRE}/{gestes.notifiee(impayee, fanny, acte='decider_la_fin').reference}/"
    horloge(gestes.NOTIFICATION + timedelta(days=8))

    assert "revenir sur" not in lu(connecter(Client(), fanny), adresse).lower()


def test_les_lettres_et_la_preuve_se_lisent_au_centre(impayee, fanny, horloge):
    defaut = gestes.en_demeure(impayee, fanny)
    lettre = defaut.lettres.get(sorte="mise_en_demeure")
    client = connecter(Client(), fanny)

    for piece in (lettre.pdf, lettre.odt, lettre.preuve):
        assert (
            client.get(f"{CENTRE}/{defaut.reference}/pieces/{piece.reference}/").status_code == 200
        )


def test_l_adherent_lit_ce_qu_il_doit_ce_qui_suit_et_qui_appeler(impayee, fanny, martine, horloge):
    gestes.relancee(impayee, fanny)
    page = lu(connecter(Client(), martine), f"/adhesion/{impayee.siret}/impaye/")

    assert "250,00 € pour 2027" in page and "Le rappel du 6 mars 2027 laisse 15 jours" in page
    assert "aucune réponse n’est retenue" in page and "03 53 01 62 62" in page


def test_l_adherent_lit_sa_lettre_et_jamais_la_preuve(impayee, fanny, martine, horloge):
    lettre = gestes.en_demeure(impayee, fanny).lettres.get(sorte="mise_en_demeure")
    client, adresse = connecter(Client(), martine), f"/adhesion/{impayee.siret}/impaye/lettres"

    assert client.get(f"{adresse}/{lettre.pdf.reference}/").status_code == 200
    assert client.get(f"{adresse}/{lettre.preuve.reference}/").status_code == 404


def test_contester_arrete_les_delais_et_la_reponse_se_lit(impayee, fanny, martine, horloge):
    adresse = f"/adhesion/{impayee.siret}/impaye/"
    client, centre = connecter(Client(), martine), connecter(Client(), fanny)
    client.post(
        f"{adresse}{impayee.reference}/contester/", {"motif": "Mandat 412 parti le 1er mars."}
    )
    assert "rien ne suit avant la réponse" in lu(client, adresse)
    reponse = {"issue": "rejetee", "texte": "Ce mandat a été rejeté le 3 mars."}
    centre.post(f"{CENTRE}/contestations/{SuspensionDImpaye.objects.get().reference}/", reponse)

    assert "Ce mandat a été rejeté" in lu(client, adresse) and "Contester cette somme" not in lu(
        client, adresse
    )


def test_contester_sans_rien_dire_revient_dans_le_formulaire(impayee, fanny, martine, horloge):
    reponse = connecter(Client(), martine).post(
        f"/adhesion/{impayee.siret}/impaye/{impayee.reference}/contester/", {}
    )

    assert reponse.status_code == 422 and not SuspensionDImpaye.objects.exists()


def test_la_liste_lit_autant_de_fois_pour_un_impaye_que_pour_plusieurs(
    impayee, fanny, olivier, horloge, django_assert_max_num_queries
):
    client = connecter(Client(), fanny)
    with django_assert_max_num_queries(25):
        client.get(f"{CENTRE}/")


def habilitation(qui) -> Habilitation:
    return Habilitation.objects.select_related("organisme").get(utilisateur=qui)


def test_a_faire_montre_a_chacun_ce_qui_l_attend(impayee, fanny, olivier, martine):
    gestes.en_demeure(impayee, fanny)
    centre = {"le": midi(gestes.DECISION)}

    assert list(attendues_du_centre(habilitation(olivier), **centre)) == []
    assert [a.geste for a in attendues_du_centre(habilitation(fanny), **centre)] == ["Proposer"]
    organisme = impayee.adherent.organisme
    reclames = relances_des([organisme], le=gestes.DECISION)[organisme.pk]
    [chez_eux] = attendues_de_l_adherent(organisme, reclames)
    assert chez_eux.presse and chez_eux.page == f"/adhesion/{impayee.siret}/impaye/"


def test_a_faire_montre_une_contestation_a_qui_peut_y_repondre(impayee, fanny, olivier):
    gestes.contestee(impayee, fanny, le=gestes.RELANCE)
    comptable = agent_du_centre("Colette Boutin", "comptable")
    gestes_de = lambda qui: [  # noqa: E731
        a.geste
        for a in (
            *attendues_du_centre(habilitation(qui), le=midi(gestes.RELANCE)),
            *contestations(habilitation(qui)),
        )
    ]

    assert (gestes_de(fanny), gestes_de(olivier), gestes_de(comptable)) == (
        ["Répondre"],
        ["Répondre"],
        [],
    )


def test_une_autre_commune_ne_lit_ni_cet_impaye_ni_ses_lettres(impayee, fanny, horloge):
    lettre = gestes.relancee(impayee, fanny).lettres.get()
    voisine = creer_organisme(
        nom="Commune voisine", siret="21620155800014", par=PLATEFORME, maintenant=midi(gestes.RECU)
    )
    odile = avec_second_facteur(personne("Odile Fasquelle"))
    habiliter(
        organisme=voisine,
        utilisateur=odile,
        roles={"administrateur"},
        par=PLATEFORME,
        maintenant=midi(gestes.RECU),
    )
    client, adresse = connecter(Client(), odile), f"/adhesion/{voisine.siret}/impaye/"

    assert "Aucune contribution en retard" in lu(client, adresse)
    assert client.get(f"{adresse}lettres/{lettre.pdf.reference}/").status_code == 404
    assert (
        client.post(f"{adresse}{impayee.reference}/contester/", {"motif": "x"}).status_code == 404
    )
