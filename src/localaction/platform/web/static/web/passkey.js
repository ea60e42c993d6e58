/* Sign-in with a passkey: shows its button where the browser can, and says so if it did not work. */
(() => {
  const button = document.getElementById("passkey_login");
  if (!button || !window.PublicKeyCredential || !window.allauth) return;
  const trouble = document.getElementById("passkey_trouble");
  button.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (trouble) trouble.hidden = false;
  });
  window.allauth.webauthn.forms.loginForm({ ids: { login: button.id, credential: "mfa_credential" } });
})();
