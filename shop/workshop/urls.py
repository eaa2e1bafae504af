"""Addresses of the workshop: the vendors' own back office. Every one asks `shop.vendors.access`."""

from django.urls import include, path

from shop.bulk.views import table
from shop.workshop import campaigns, fundings, money, today
from shop.workshop.editor import history, legal, pictures, preview, views
from shop.workshop.orders import board, pieces, single

app_name = "workshop"
urlpatterns = [
    path("", today.today, name="today"),
    path("commandes/", board.board, name="orders"),
    path("commandes/plusieurs/", board.several, name="orders_several"),
    path("commandes/<str:number>/rembourser/", single.give_back, name="refund"),
    path("commandes/<str:number>/", single.detail, name="order"),
    path("commandes/<str:number>/pieces/", pieces.remove, name="remove_pieces"),
    path("commandes/<str:number>/commencer/", single.make, name="make"),
    path("commandes/<str:number>/expedier/", single.send, name="ship"),
    path("commandes/<str:number>/suivi/<int:parcel>/", single.retrack, name="retrack"),
    path("commandes/<str:number>/livree/", single.arrived, name="delivered"),
    path("commandes/<str:number>/annuler/", single.annul, name="cancel"),
    path("commandes/<str:number>/retour/", single.came_back, name="returned"),
    path("creations/", table, name="listings"),
    path("creations/nouvelle/", views.create, name="listing_new"),
    path("creations/<int:pk>/", views.edit, name="listing"),
    path("creations/<int:pk>/brouillon/", views.autosave, name="listing_autosave"),
    path("creations/<int:pk>/reprendre/", views.drop_draft, name="listing_drop"),
    path("creations/<int:pk>/etat/", views.set_state, name="listing_state"),
    path("creations/<int:pk>/remettre/", views.bring_back, name="listing_bring_back"),
    path("creations/<int:pk>/moment/", history.schedule, name="listing_schedule"),
    path("creations/<int:pk>/dupliquer/", views.duplicate, name="listing_duplicate"),
    path("creations/<int:pk>/apercu/", preview.preview, name="listing_preview"),
    path("creations/<int:pk>/mentions/", legal.fragment, name="listing_legal"),
    path("creations/mots/", legal.words, name="words"),
    path("creations/<int:pk>/versions/", history.versions, name="listing_versions"),
    path("creations/<int:pk>/versions/<int:revision>/", history.restore, name="listing_restore"),
    path("creations/<int:pk>/photos/", pictures.add, name="picture_add"),
    path("creations/<int:pk>/photos/ordre/", pictures.arrange, name="picture_order"),
    path("creations/<int:pk>/photos/mots/", pictures.describe, name="picture_words"),
    path("creations/<int:pk>/photos/<int:picture>/recadrer/", pictures.crop, name="picture_crop"),
    path("creations/<int:pk>/photos/<int:picture>/retirer/", pictures.remove, name="picture_remove"),
    path("financements/", fundings.table, name="fundings"),
    path("financements/<slug:slug>/", fundings.detail, name="funding"),
    path("financements/<slug:slug>/nouvelle/", fundings.tell, name="funding_tell"),
    path("financements/<slug:slug>/envoyer/<int:pk>/", fundings.send, name="funding_send"),
    path("financements/<slug:slug>/livrer/<int:pk>/", fundings.arrived, name="funding_arrived"),
    path("campagnes/", campaigns.invitations, name="campaigns"),
    path("campagnes/<slug:key>/", campaigns.invitation, name="campaign"),
    path("versements/", money.statement, name="money"),
    path("boutique/", include("shop.workshop.boutique.urls")),
]
