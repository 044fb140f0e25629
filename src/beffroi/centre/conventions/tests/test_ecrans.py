"""Les écrans : demander à adhérer, mener une convention, la finir, lire la sienne."""

import io
import re
from datetime import date

import odfdo
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.conventions import taches
from beffroi.centre.conventions.models import (
    AttestationDAssurance,
    Convention,
    DemandeDAdhesion,
    Litige,
)
from beffroi.centre.conventions.services import pieces as dossier
from beffroi.centre.conventions.services.demandes import effacer_les_demandes
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, connecter
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.signature.tests.signataire import UN_PDF, pdf_signe

pytestmark = pytest.mark.django_db
DEMANDE = {
    "siren": "216 201 558",
    "nom": "Commune de Bomy",
    "nature": "commune",
    "interlocuteur": "Martine Caron",
    "courriel": "Martine@Bomy.example",
    "volume_estime": "4",
}


@pytest.fixture(autouse=True)
def a_lundi(monkeypatch):
    for module in ("centre", "suites", "adherer", "lettres"):
        monkeypatch.setattr(f"beffroi.centre.conventions.views.{module}.maintenant", lambda: LUNDI)


@pytest.fixture
def centre(client) -> Client:
    gestes.le_centre()
    return connecter(client, avec_second_facteur(Utilisateur.objects.get(nom="Benoît Roussel")))


def fichier(nom: str = "piece.pdf", *, signe: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, gestes.PDF + signe.encode())


def agir(client: Client, acte: str, **saisie):
    convention = Convention.objects.get()
    return client.post(reverse("conventions:agir", args=[convention.reference, acte]), saisie)


def lien_recu() -> str:
    texte = Courriel.objects.filter(cle__startswith="adhesion:confirmer").latest("ecrit_le").texte
    return re.search(r"https?://[^/]+(/adherer/confirmer/\S+)", texte)[1]


def test_une_demande_confirmee_inscrit_l_adherent_et_ouvre_une_convention(client):
    reponse = client.post(reverse("conventions:adherer"), DEMANDE)
    assert reponse.status_code == 302 and Convention.objects.count() == 0
    client.get(lien_recu())
    assert Convention.objects.count() == 0

    client.post(lien_recu())
    convention = Convention.objects.get()
    assert (convention.adherent.siren, convention.etat, convention.origine) == (
        "216201558",
        "demande",
        "en_ligne",
    )
    assert (convention.volume_estime, convention.courriel) == (4, "martine@bomy.example")


def test_une_collectivite_qui_porte_un_lien_n_ecrit_a_personne(client):
    reponse = client.post(
        reverse("conventions:adherer"), {**DEMANDE, "nom": "Bomy, voir evil.example/connexion"}
    )

    assert reponse.status_code == 422 and "ne contient ni adresse" in reponse.content.decode()
    assert not Courriel.objects.exists()


def test_la_meme_demande_refaite_n_en_fait_qu_une_et_n_ecrit_qu_un_courriel(client):
    client.post(reverse("conventions:adherer"), DEMANDE)
    client.post(reverse("conventions:adherer"), {**DEMANDE, "volume_estime": "6"})

    assert DemandeDAdhesion.objects.get().volume_estime == 6
    assert Courriel.objects.filter(cle__startswith="adhesion:confirmer").count() == 1


@pytest.mark.moteurs
def test_confirmer_deux_fois_ne_fait_qu_une_convention(client):
    client.post(reverse("conventions:adherer"), DEMANDE)
    client.post(lien_recu())
    client.post(lien_recu())

    assert Convention.objects.count() == 1 and Adherent.objects.count() == 1


def test_une_collectivite_qui_a_deja_une_convention_le_lit_et_rien_n_est_cree(client):
    gestes.le_centre()
    gestes.demande()
    reponse = client.post(reverse("conventions:adherer"), DEMANDE)

    assert reponse.status_code == 422 and "déjà une convention" in reponse.content.decode()
    assert DemandeDAdhesion.objects.count() == 0


@pytest.mark.parametrize("siren,phrase", [("216201559", "n’existe pas"), ("12", "9 chiffres")])
def test_un_siren_faux_se_refuse_avec_une_phrase(client, siren, phrase):
    reponse = client.post(reverse("conventions:adherer"), {**DEMANDE, "siren": siren})

    assert reponse.status_code == 422 and phrase in reponse.content.decode()


def test_une_demande_que_personne_ne_confirme_s_efface_en_une_semaine(client):
    client.post(reverse("conventions:adherer"), DEMANDE)

    assert effacer_les_demandes(le=LUNDI) == 0
    assert effacer_les_demandes(le=gestes.lendemain(date(2026, 11, 9))) == 1


def test_un_lien_altere_est_introuvable(client):
    assert client.get(reverse("conventions:confirmer", args=["DA-222:forge"])).status_code == 404


def test_le_tableau_et_la_liste_disent_les_memes_conventions(centre):
    gestes.demande()
    colonnes, liste = centre.get("/cdg/conventions/"), centre.get("/cdg/conventions/?vue=liste")

    assert (
        "Commune de Bomy" in colonnes.content.decode()
        and "Commune de Bomy" in liste.content.decode()
    )
    assert "Chez la collectivité" in colonnes.content.decode()


def test_une_convention_se_mene_de_la_demande_a_l_activation_par_les_ecrans(centre):
    gestes.demande(gestes.bomy())
    projet = {nom: getattr(gestes.ACTE, nom) or "" for nom in gestes.ACTE.__dataclass_fields__}
    assert agir(centre, "projet", **projet).status_code == 302
    assert agir(centre, "envoi").status_code == 302
    assert (
        agir(
            centre,
            "deliberation",
            numero="2026-31",
            prise_le="2026-10-01",
            executoire_le="2026-10-05",
            date_de_l_acte="2026-10-06",
            fichier=fichier(),
        ).status_code
        == 302
    )
    vu = {"constat": gestes.VU}
    elle = {"partie": "adherent", "le": "2026-10-07", "fichier": fichier(signe="elle")}
    assert agir(centre, "signature", **elle).status_code == 422
    elle["fichier"].seek(0)
    agir(centre, "signature", **elle, **vu)
    lui = {"partie": "centre", "le": "2026-10-12", "fichier": fichier(signe="lui")}
    agir(centre, "signature", **lui, **vu)
    assert agir(centre, "activation").status_code == 302

    convention = Convention.objects.get()
    assert (convention.etat, convention.prise_d_effet) == ("active", date(2026, 10, 12))
    page = centre.get(
        reverse("conventions:convention", args=[convention.reference])
    ).content.decode()
    assert "12 octobre 2026" in page.replace("\xa0", " ") and "Activée" in page


def test_un_refus_revient_dans_le_formulaire_avec_sa_raison(centre):
    gestes.envoyee()
    reponse = agir(
        centre,
        "deliberation",
        numero="1",
        prise_le="2026-11-30",
        executoire_le="2026-11-30",
        date_de_l_acte="2026-10-06",
        fichier=fichier(),
    )

    assert reponse.status_code == 422 and "datée de l’avenir" in reponse.content.decode()


def test_la_lettre_se_note_avec_sa_preuve_et_la_fin_se_lit(centre):
    convention = gestes.active()
    adresse = reverse("conventions:denoncer", args=[convention.reference, "adherent"])
    assert centre.get(reverse("conventions:finir", args=[convention.reference])).status_code == 200
    assert centre.post(adresse, {"recue_le": "2026-12-01", "fichier": fichier()}).status_code == 422

    assert centre.post(adresse, {"recue_le": "2026-11-02", "fichier": fichier()}).status_code == 302
    page = centre.get(
        reverse("conventions:convention", args=[convention.reference])
    ).content.decode()
    assert "2 janvier 2027" in page.replace("\xa0", " ") and "Archives" in page


def test_un_defaut_de_paiement_ne_finit_jamais_d_ici(centre):
    convention = gestes.active()
    finir = centre.get(reverse("conventions:finir", args=[convention.reference])).content.decode()
    adresse = reverse("conventions:denoncer", args=[convention.reference, "impaye"])

    assert adresse not in finir and reverse("impayes:liste") in finir
    saisie = {"recue_le": "2026-11-02", "motif": "rien n'est dû", "fichier": fichier()}
    assert centre.get(adresse).status_code == centre.post(adresse, saisie).status_code == 404
    assert Convention.objects.get().etat == "active"


def test_une_date_de_lettre_sans_fichier_se_refuse(centre):
    convention = gestes.active()
    adresse = reverse("conventions:denoncer", args=[convention.reference, "centre"])

    assert centre.post(adresse, {"recue_le": "2026-11-02"}).status_code == 422
    assert Convention.objects.get().etat == "active"


def en_ordonnateur() -> Client:
    """La même page, pour qui décide."""
    olivier = gestes.deux_personnes()[1]
    habiliter(
        organisme=Organisme.objects.get(role="exploitant"),
        utilisateur=avec_second_facteur(olivier),
        roles={"ordonnateur"},
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    return connecter(Client(), olivier)


def test_le_centre_propose_de_resilier_et_l_ordonnateur_decide(centre):
    convention = gestes.active()
    page = reverse("conventions:convention", args=[convention.reference])
    decision = f"{page}resiliation/"
    adresse = reverse("conventions:denoncer", args=[convention.reference, "centre"])
    centre.post(adresse, {"recue_le": "2026-11-02", "motif": "Fermé.", "fichier": fichier()})
    lui = en_ordonnateur()

    assert Convention.objects.get().etat == "active"
    assert decision not in centre.get(page).content.decode()
    assert decision in lui.get(page).content.decode()
    lue = lui.get(decision).content.decode()
    assert "Fermé." in lue and convention.pieces.get(sorte="preuve_postale").reference in lue
    assert centre.post(decision).status_code == 403 and lui.post(decision).status_code == 302
    assert Convention.objects.get().etat == "denoncee"


def test_un_avenant_se_propose_puis_se_signe(centre):
    convention = gestes.active()
    agir(
        centre,
        "avenant",
        objet="La grille change.",
        effet_voulu="2027-01-01",
        change_la_grille="on",
    )
    avenant = convention.avenants.get()
    adresse = reverse(
        "conventions:signer_un_avenant", args=[convention.reference, avenant.reference]
    )
    for partie in ("adherent", "centre"):
        recu = fichier(signe=f"avenant, {partie}")
        saisie = {"partie": partie, "le": "2026-11-02", "fichier": recu, "constat": gestes.VU}
        assert centre.post(adresse, saisie).status_code == 302

    avenant.refresh_from_db()
    assert avenant.effet_le == date(2027, 1, 1)


def test_un_litige_s_ouvre_s_echange_et_se_clot(centre):
    convention = gestes.active()
    agir(centre, "litige", objet="Compte contesté", le="2026-11-01")
    arguments = [convention.reference, Litige.objects.get().reference]
    page = reverse("conventions:litige", args=arguments)
    assert (
        centre.post(
            page, {"le": "2026-11-01", "de": "le maire", "texte": "Il conteste."}
        ).status_code
        == 302
    )
    assert centre.post(reverse("conventions:tribunal", args=arguments)).status_code == 302
    centre.post(
        reverse("conventions:issue", args=arguments), {"issue": "Accord", "le": "2026-11-02"}
    )

    assert Litige.objects.get().etape == "clos" and centre.get(page).status_code == 200


def test_l_apercu_se_telecharge_en_pdf_et_en_odt_sans_rien_garder(centre):
    convention = gestes.projet()
    for format_, debut in (("pdf", b"%PDF"), ("odt", b"PK")):
        adresse = reverse("conventions:apercu", args=[convention.reference, "convention", format_])
        assert centre.get(adresse).content.startswith(debut)

    assert convention.pieces.count() == 0


def test_un_parametre_se_decide_a_l_ecran(centre):
    centre.post(
        reverse("conventions:parametre", args=["sigle"]),
        {"valeur": "CDG 62", "effet_le": "2026-11-02"},
    )

    assert "CDG 62" in centre.get(reverse("conventions:parametres")).content.decode().replace(
        "\xa0", " "
    )


def test_les_adherents_voient_les_assurances_du_centre_et_leur_convention(
    centre, django_user_model
):
    saisie = {
        "sorte": "cyber",
        "assureur": "Mutuelle des centres",
        "du": "2026-01-01",
        "au": "2026-12-31",
    }
    centre.post(reverse("conventions:assurances"), {**saisie, "fichier": fichier("cyber.pdf")})
    convention = gestes.active()
    organisme = Adherent.objects.get().organisme
    agent = avec_second_facteur(gestes.personne("Yvette Cordier"))
    habiliter(
        organisme=organisme, utilisateur=agent, roles={"lecteur"}, par=PLATEFORME, maintenant=LUNDI
    )

    page = (
        connecter(Client(), agent)
        .get(reverse("conventions:la_notre", args=[organisme.siret]))
        .content.decode()
    )
    assert "Mutuelle des centres" in page and convention.reference in page
    assert AttestationDAssurance.objects.get().au == date(2026, 12, 31)


def test_une_signature_electronique_se_lit_sur_la_fiche_et_ne_se_juge_pas(centre):
    convention = gestes.deliberee()
    signe = pdf_signe(UN_PDF, par="<b>Hélène</b> Duriez")
    for octets in (signe, signe.replace(b"[0 0 595 842]", b"[0 0 595 843]"), gestes.PDF):
        dossier.garder(
            convention, "exemplaire", dossier.choisi("signe.pdf", octets), maintenant=LUNDI
        )
    page = centre.get(
        reverse("conventions:convention", args=[convention.reference])
    ).content.decode()

    assert (
        "&lt;b&gt;Hélène&lt;/b&gt; Duriez" in page
        and "document intact" in page
        and "a changé depuis" in page
    )
    assert page.count("Signature électronique de") == 2 and "confiance n’est pas vérifiée" in page


def lectrice_de_bomy():
    organisme = Adherent.objects.get().organisme
    agent = avec_second_facteur(gestes.personne("Yvette Cordier"))
    habiliter(
        organisme=organisme, utilisateur=agent, roles={"lecteur"}, par=PLATEFORME, maintenant=LUNDI
    )
    return connecter(Client(), agent), organisme.siret


def test_l_adherent_lit_quand_il_partirait_et_emporte_sa_lettre(centre):
    convention = gestes.active()
    client, siret = lectrice_de_bomy()
    notre = client.get(reverse("conventions:la_notre", args=[siret])).content.decode()
    page = (
        client.get(reverse("conventions:quitter", args=[siret]))
        .content.decode()
        .replace("\xa0", " ")
    )

    assert reverse("conventions:quitter", args=[siret]) in notre
    assert "2 janvier 2027" in page and "Archives" in page
    lettre = reverse("conventions:lettre_de_retrait", args=[siret, "odt"])
    texte = odfdo.Document(
        io.BytesIO(client.get(lettre, {"motif": "Le conseil\n l'a décidé."}).content)
    ).get_formatted_text()
    assert (
        "Le conseil l’a décidé." in texte
        and texte.startswith("La Commune de Bomy")
        and convention.reference in texte
        and "compléter" not in texte
    )
    assert (
        client.get(reverse("conventions:lettre_de_retrait", args=[siret, "exe"])).status_code == 404
    )


def test_une_convention_deja_denoncee_n_a_plus_de_lettre_a_ecrire(centre):
    gestes.denoncee()
    client, siret = lectrice_de_bomy()

    assert (
        reverse("conventions:quitter", args=[siret])
        not in client.get(reverse("conventions:la_notre", args=[siret])).content.decode()
    )
    assert client.get(reverse("conventions:quitter", args=[siret])).status_code == 404


def test_le_centre_imprime_sa_lettre_datee_du_jour_et_rien_n_est_garde(centre):
    convention = gestes.active()
    adresse = reverse("conventions:lettre_du_centre", args=[convention.reference, "odt"])
    texte = (
        odfdo.Document(io.BytesIO(centre.get(adresse).content))
        .get_formatted_text()
        .replace("\xa0", " ")
    )

    assert "6 mois" in texte and "2 novembre 2026" in texte and "compléter" not in texte
    assert not convention.pieces.filter(nom__contains="lettre").exists()


def test_un_agent_sans_le_role_de_gestionnaire_lit_sans_agir(centre):
    convention = gestes.active()
    juriste = avec_second_facteur(gestes.personne("Paul Duval"))
    habiliter(
        organisme=gestes.Organisme.objects.get(role="exploitant"),
        utilisateur=juriste,
        roles={"juriste"},
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    client = connecter(Client(), juriste)

    assert (
        client.get(reverse("conventions:convention", args=[convention.reference])).status_code
        == 200
    )
    assert (
        client.get(reverse("conventions:agir", args=[convention.reference, "litige"])).status_code
        == 403
    )


def test_apres_la_cloture_la_page_dit_ce_qui_court_encore(centre):
    gestes.denoncee()
    taches.faire_le_tour(gestes.lendemain(date(2027, 1, 2)))
    convention = Convention.objects.get()

    page = centre.get(
        reverse("conventions:convention", args=[convention.reference])
    ).content.decode()
    assert "Aucune consultation publiée ne court" in page and "2 janvier 2028" in page.replace(
        "\xa0", " "
    )
